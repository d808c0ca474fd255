/** With what gzipped bytes begin, and no text does. */
export const GZIP_MARK = [0x1f, 0x8b] as const;

/** Whatever its name says. @param head the first bytes of a content. */
export function isGzip(head: Uint8Array | undefined): boolean {
  return head?.[0] === GZIP_MARK[0] && head[1] === GZIP_MARK[1];
}

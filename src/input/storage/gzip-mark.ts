/** The first bytes of any gzipped content; no text begins with them. */
export const GZIP_MARK = [0x1f, 0x8b] as const;

/** Whether content is gzipped, whatever its name says. @param head the first bytes of the content. */
export function isGzip(head: Uint8Array | undefined): boolean {
  return head?.[0] === GZIP_MARK[0] && head[1] === GZIP_MARK[1];
}

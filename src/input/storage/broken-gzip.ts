/** A gzipped content that breaks off or is none. */
export class BrokenGzip extends Error {
  override readonly name = 'BrokenGzip';
}

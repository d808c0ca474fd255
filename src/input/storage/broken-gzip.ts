/** Content that is cut off in the middle of its gzip stream, or is not gzip at all. */
export class BrokenGzip extends Error {
  override readonly name = 'BrokenGzip';
}

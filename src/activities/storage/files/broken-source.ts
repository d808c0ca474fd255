/** An address that yields no complete file now: it is unreachable, fails or breaks off. Keboola is not involved. */
export class BrokenSource extends Error {
  override readonly name = 'BrokenSource';
}

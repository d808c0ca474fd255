/** An address that gives no whole file just now: it cannot be reached, fails, or breaks off. Keboola has no part in it. */
export class BrokenSource extends Error {
  override readonly name = 'BrokenSource';
}

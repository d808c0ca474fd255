/** Remembers the latest values, up to a limit. */
export class LatestOnes {
  private readonly known = new Set<string>();

  constructor(private readonly max: number) {}

  /** Whether a value is new, as far as it is remembered; from then on it is remembered. */
  isNew(one: string): boolean {
    if (this.known.has(one)) return false;
    const [oldest] = this.known;
    if (this.known.size >= this.max && oldest !== undefined) this.known.delete(oldest);
    this.known.add(one);
    return true;
  }
}

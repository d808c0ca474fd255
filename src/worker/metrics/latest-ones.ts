/** Remembers what came last, so many of them. */
export class LatestOnes {
  private readonly known = new Set<string>();

  constructor(private readonly max: number) {}

  /** Whether it is there for the first time, as far as is remembered; then it is remembered. */
  isNew(one: string): boolean {
    if (this.known.has(one)) return false;
    const [oldest] = this.known;
    if (this.known.size >= this.max && oldest !== undefined) this.known.delete(oldest);
    this.known.add(one);
    return true;
  }
}

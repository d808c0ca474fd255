/** Stands for every value that came after the label was full. */
const OTHERS = 'other';

/**
 * Limits the values of a label: each value makes time series of its own in whatever stores them, while the worker runs.
 */
export class BoundedLabel {
  private readonly known = new Set<string>();

  constructor(private readonly valuesMax: number) {}

  of(value: string): string {
    if (!this.known.has(value) && this.known.size >= this.valuesMax) return OTHERS;
    this.known.add(value);
    return value;
  }
}

/** What stands for all that came after the label was full. */
const OTHERS = 'other';

/** Keeps a label to so many values: each makes series of its own in whatever keeps them, for as long as the worker runs. */
export class BoundedLabel {
  private readonly known = new Set<string>();

  constructor(private readonly valuesMax: number) {}

  of(value: string): string {
    if (!this.known.has(value) && this.known.size >= this.valuesMax) return OTHERS;
    this.known.add(value);
    return value;
  }
}

/** Orders job ids by age. They are numbers of up to 64 bits, kept as text. */
export function compareJobIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

/** `1 row`, `2 rows`: a number with what it counts, for people. @param noun in the singular; its plural ends in s. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

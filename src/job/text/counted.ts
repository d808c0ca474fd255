/** `1 row`, `2 rows`: a number with what it counts. @param noun in the singular; its plural must end in s. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

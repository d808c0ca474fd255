/** A text as one word of a shell: ids of configurations may have an apostrophe, which percent-encoding leaves as it is. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

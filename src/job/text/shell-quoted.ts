/** A text as one word of a shell: ids of configurations may have an apostrophe, which percent-encoding leaves as it is. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same where quotes are for what needs them: names are mostly plain. */
export function shellWord(text: string): string {
  return /^[\w./][\w./:-]*$/.test(text) ? text : shellQuoted(text);
}

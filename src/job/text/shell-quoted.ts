/** A text as one shell word. Configuration ids may contain an apostrophe, which percent-encoding does not escape. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same, but with quotes only if the text needs them: most names are plain. */
export function shellWord(text: string): string {
  return /^[\w./][\w./:-]*$/.test(text) ? text : shellQuoted(text);
}

/** The warning for a CSV that is loaded all the same. @param likely the delimiter that was perhaps meant. */
export function separatorWarning(likely: string): string {
  const seen = `The header line of the CSV contains more '${likely}' than delimiters.`;
  return `${seen} If '${likely}' separates the values, set it as the delimiter.`;
}

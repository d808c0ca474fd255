/** The warning for a CSV that is loaded all the same. @param likely the delimiter that was perhaps meant. */
export function separatorWarning(likely: string): string {
  const seen = `The CSV names its columns with more '${likely}' than delimiters.`;
  return `${seen} If its values are separated by '${likely}', name it as the delimiter.`;
}

/** Whether a text can be a part of an address: some lead to another one although they are encoded. */
export function isPathPart(text: string): boolean {
  return !/^\.{0,2}$/.test(text);
}

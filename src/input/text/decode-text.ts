/** What cannot be read as text; its message goes on behind a name: "is gzipped; unzip it first". */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

const SIGNS: readonly [bytes: readonly number[], message: string][] = [
  [[0x1f, 0x8b], 'is gzipped; unzip it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'is a zip archive, or a workbook of a spreadsheet; unzip it, or save the sheet as CSV'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is a workbook of a spreadsheet; save the sheet as CSV'],
  [[0xff, 0xfe], 'is UTF-16; save it as UTF-8'],
  [[0xfe, 0xff], 'is UTF-16; save it as UTF-8'],
];

/**
 * The text of a file that a person has saved, without the byte order mark that some programs put in front: the one way
 * in which the package turns foreign bytes into text.
 *
 * @throws Unreadable for UTF-16, for other bytes that are not UTF-8, and for what is packed.
 */
export function decodeText(bytes: Uint8Array): string {
  const sign = SIGNS.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  if (sign) throw new Unreadable(sign[1]);
  // UTF-16 without a mark: every other byte of plain letters is zero.
  if (bytes[0] === 0 || bytes[1] === 0) throw new Unreadable('is no text; if it is UTF-16, save it as UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('is no text in UTF-8; convert it first, for example with iconv');
  }
}

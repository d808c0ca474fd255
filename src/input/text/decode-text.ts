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

/** So many bytes at the beginning tell it. */
export const SIGN_BYTES = 4;

/** What a file is by its first bytes, where that is no text in UTF-8; goes on behind a name, as `Unreadable` does. */
export function foreignSign(bytes: Uint8Array): string | undefined {
  const sign = SIGNS.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  if (sign) return sign[1];
  // UTF-16 without a mark: every other byte of plain letters is zero.
  return bytes[0] === 0 || bytes[1] === 0 ? 'is no text; if it is UTF-16, save it as UTF-8' : undefined;
}

/**
 * The text of a file that a person has saved, without the byte order mark that some programs put in front: the one way
 * in which the package turns foreign bytes into text.
 *
 * @throws Unreadable for UTF-16, for other bytes that are not UTF-8, and for what is packed.
 */
export function decodeText(bytes: Uint8Array): string {
  const sign = foreignSign(bytes);
  if (sign !== undefined) throw new Unreadable(sign);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('is no text in UTF-8; convert it first, for example with iconv');
  }
}

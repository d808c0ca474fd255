/** A file that cannot be read as text. The message continues after its name: "is gzipped; unzip it first". */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** The fourth byte of bzip2 is the block size, so it varies; the first three alone could begin a word. */
const SIGNS: readonly [bytes: readonly (number | undefined)[], message: string][] = [
  [[0x1f, 0x8b], 'is gzipped; unzip it first'],
  [[0x42, 0x5a, 0x68, undefined, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 'is packed (bzip2); unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'is packed (xz); unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'is packed (zstd); unpack it first'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'is packed (7z); unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'is a zip archive, or a workbook of a spreadsheet; unzip it, or save the sheet as CSV'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is a workbook of a spreadsheet; save the sheet as CSV'],
  [[0xff, 0xfe], 'is UTF-16; save it as UTF-8'],
  [[0xfe, 0xff], 'is UTF-16; save it as UTF-8'],
];

/** The number of leading bytes that `foreignSign` needs. */
export const SIGN_BYTES = Math.max(...SIGNS.map(([start]) => start.length));

/** Says what a file is, if its first bytes show that it is not UTF-8 text. Continues a name, as `Unreadable` does. */
export function foreignSign(bytes: Uint8Array): string | undefined {
  const sign = SIGNS.find(([start]) => start.every((byte, at) => byte === undefined || bytes[at] === byte));
  if (sign) return sign[1];
  // In UTF-16 without a byte order mark, every other byte of plain letters is zero.
  return bytes[0] === 0 || bytes[1] === 0 ? 'is not text; if it is UTF-16, save it as UTF-8' : undefined;
}

/**
 * Decodes a file that a person has saved, without the byte order mark that some programs write. The package turns
 * foreign bytes into text here only.
 *
 * @throws Unreadable for UTF-16, for other bytes that are not UTF-8, and for compressed files.
 */
export function decodeText(bytes: Uint8Array): string {
  const sign = foreignSign(bytes);
  if (sign !== undefined) throw new Unreadable(sign);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('is not UTF-8 text; convert it first, for example with iconv');
  }
}

/** Castagnoli's polynomial, bit-reversed. */
const POLYNOMIAL = 0x82f63b78;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

/** The checksum that Google's own libraries ask for, in base64 of its four bytes (RFC 3720, B.4). */
export function crc32c(pieces: Iterable<Buffer>): string {
  let rest = 0xffffffff;
  for (const bytes of pieces) {
    for (const byte of bytes) rest = (TABLE[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE((rest ^ 0xffffffff) >>> 0);
  return sum.toString('base64');
}

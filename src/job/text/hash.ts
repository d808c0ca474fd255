/**
 * Two 32-bit multiply-and-xor lanes with a final avalanche. Not cryptographic and it need not be: it only spreads
 * texts evenly, and the workflow sandbox has no crypto module.
 */
export function hash64(text: string): [high: number, low: number] {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x27d4eb2f);
    b = Math.imul(b ^ code, 0x165667b1);
  }
  a = avalanche(a ^ (b >>> 15));
  b = avalanche(b ^ (a >>> 13));
  return [a >>> 0, b >>> 0];
}

function avalanche(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

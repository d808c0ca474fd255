import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutBlankEnd } from '../../../src/input/storage/csv.js';
import { withoutBlankEnds } from '../../../src/keboola/storage/csv-content.js';

async function* cut(bytes: Buffer, pieceBytes: number): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
    await Promise.resolve();
    yield bytes.subarray(at, at + pieceBytes);
  }
}

async function sent(text: string, pieceBytes: number, isAtValue = false): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of withoutBlankEnds(cut(Buffer.from(text), pieceBytes), () => isAtValue)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('a CSV that comes in pieces', () => {
  it('is sent without blank lines at its end, as a short one is', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '\n', '\r\n'), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (rest, pieceBytes) => {
        expect(await sent(`a,b${rest}`, pieceBytes)).toBe(withoutBlankEnd(`a,b${rest}`, 2));
      }),
    );
  });

  it('is sent as it is where its line ends are values', async () => {
    expect(await sent('id\n\n\n', 2, true)).toBe('id\n\n\n');
  });

  it('is refused where more blank lines come than can be held', async () => {
    await expect(sent(`a,b\n${'\n'.repeat(1_200_000)}1,2\n`, 65_536)).rejects.toThrow('bytes of blank lines');
  });
});

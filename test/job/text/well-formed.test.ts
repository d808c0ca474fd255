import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, mendMessage, wellFormed } from '../../../src/job/text/well-formed.js';

const HALF = '\ud83d';
const anyText = fc.string({ unit: 'binary', maxLength: 5 }).chain((text) => fc.constantFrom(text, text + HALF, HALF));

describe('a value with halves of characters', () => {
  it('has each of them made U+FFFD, in names of fields, too', () => {
    expect(wellFormed({ [HALF]: [HALF, { a: `😀${HALF}` }] })).toEqual({ '\ufffd': ['\ufffd', { a: '😀\ufffd' }] });
  });

  it('is itself when nothing is wrong with it, and where it is no JSON', () => {
    const value = { a: [1, 'b', null, { c: '😀' }], date: new Date(0), bytes: new Uint8Array([1]) };
    expect(wellFormed(value)).toBe(value);
  });

  it('can be written as UTF-8 and be read again, whatever it is', () => {
    const value = fc.jsonValue().chain((json) => anyText.map((text) => ({ [text]: [text, json] })));
    fc.assert(
      fc.property(value, (given) => {
        const mended = wellFormed(given);
        expect(wellFormed(mended)).toBe(mended);
        expect(Object.keys(mended).join('').isWellFormed()).toBe(true);
      }),
    );
  });

  it('may be nested deeper than the stack is', () => {
    let value: unknown = HALF;
    for (let depth = 0; depth < 200_000; depth += 1) value = [value];
    expect(() => wellFormed(value)).not.toThrow();
  });
});

it('a message of protobuf is mended in place, whatever its class, and its bytes are left alone', () => {
  class Failure {
    message = HALF;
    cause = { stackTrace: HALF, data: new Uint8Array([0xed]) };
    fields = { [HALF]: { id: HALF } };
  }
  const failure = new Failure();
  mendMessage(failure);
  expect(failure).toMatchObject({ message: '\ufffd', cause: { stackTrace: '\ufffd' } });
  expect(failure.fields).toEqual({ '\ufffd': { id: '\ufffd' } });
  expect(failure.cause.data).toEqual(new Uint8Array([0xed]));
});

it('a text that is cut in the middle of a character has no half of it', () => {
  expect(cut('ab😀', 3)).toBe('ab\ufffd');
  expect(cut('ab😀', 4)).toBe('ab😀');
});

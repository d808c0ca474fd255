import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeboolaRequest } from '../../../src/keboola/http/exchange.js';
import { parseJson } from '../../../src/keboola/http/json.js';
import { redactTokenIn } from '../../../src/keboola/http/redact-token.js';
import { wellFormed } from '../../../src/job/text/well-formed.js';

const request: KeboolaRequest = { method: 'GET', url: new URL('https://syrup.keboola.com/queue/job/1'), timeoutMs: 1 };
const parse = (text: string): unknown => parseJson(request, 200, text);

describe('a whole number that JavaScript would round', () => {
  test('keeps all of its digits, as text, under whatever key', () => {
    expect(
      parse('{"id":9007199254740993,"jobId": 18446744073709551615 ,"params":{"branchId":9223372036854775807\n}}'),
    ).toEqual({ id: '9007199254740993', jobId: '18446744073709551615', params: { branchId: '9223372036854775807' } });
  });

  test('keeps them in lists of jobs, and of numbers', () => {
    expect(parse('[{"id":9007199254740993},{"configRowIds":[9007199254740995, 7,-9007199254740997]}]')).toEqual([
      { id: '9007199254740993' },
      { configRowIds: ['9007199254740995', 7, '-9007199254740997'] },
    ]);
    expect(parse('9007199254740993')).toBe('9007199254740993');
  });

  test('is text also where a number would hold it by chance: nobody could tell that of the number', () => {
    expect(parse('[9007199254740991,9007199254740992,9007199254740994,1152921504606846976]')).toEqual([
      9007199254740991,
      '9007199254740992',
      '9007199254740994',
      '1152921504606846976',
    ]);
  });

  test('of any width is the same digits that Keboola wrote', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 64n) + 1n, max: 2n ** 64n - 1n }), fc.string(), (wide, key) => {
        const [item] = parse(`[{${JSON.stringify(key)}: ${wide}}]`) as [Record<string, unknown>];
        expect(String(item[key])).toBe(String(wide));
      }),
    );
  });

  test('inside of a text is left alone', () => {
    const document = {
      message: 'saw {"id":9007199254740993} and \\"id": 9007199254740993, in it\\',
      '9007199254740993': 1,
    };
    expect(parse(JSON.stringify(document))).toEqual(document);
  });

  test.each(['{9007199254740993:1}', '[9007199254740993a]', '[9007199254740993', '{"a":"9007199254740993'])(
    'makes no JSON of what is none: %s',
    (text) => {
      expect(() => parse(text)).toThrow('broken JSON');
    },
  );
});

describe('any other JSON', () => {
  test('is read as it was written', () => {
    const wide = (_: string, value: unknown): unknown =>
      Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(Number(value)) < 1e20 ? String(value) : value;
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const text = JSON.stringify(json);
        expect(parse(text)).toEqual(JSON.parse(text, wide));
      }),
    );
  });

  test.each(['186985832', '1764487329123456', '0.12345678901234567', '12345678901234567.5', '1234567890123456e3'])(
    'keeps %s as the number that it is',
    (number) => {
      expect(parse(`{"id":${number}}`)).toEqual({ id: Number(number) });
    },
  );
});

describe('an answer', () => {
  const token = '1134-53044-aB3dE5gH7jK9mN1pQ3sT5vW7';
  const parseWithToken = (text: string): unknown => parseJson({ ...request, token }, 200, text);

  test('shows nothing of the token and no half of a character, however it is written', () => {
    const encoded = Buffer.from(`user:${token}`).toString('base64');
    const traces = [token, token.slice(0, 20), token.slice(-12), encoded, '\ud800', token.replaceAll('-', '%2d')];
    const text = fc.oneof(fc.string(), fc.constantFrom(...traces), fc.string({ unit: 'grapheme' }));
    const document = fc.dictionary(text, fc.oneof(text, fc.array(text), fc.dictionary(text, text)));
    fc.assert(
      fc.property(document, (json) => {
        const written = JSON.stringify(json);
        expect(parseWithToken(written)).toEqual(wellFormed(redactTokenIn(JSON.parse(written), token)));
      }),
    );
  });

  test.each([`{"message":"${token}"}`, `{"${token}":1}`, `[["${token.slice(0, 15)}"]]`])(
    'is looked at where it holds a token as it is: %s',
    (text) => {
      expect(JSON.stringify(parseWithToken(text))).toContain('***');
      expect(JSON.stringify(parseWithToken(text))).not.toContain('aB3d');
    },
  );

  test('may hold half of a character as it is', () => {
    expect(parse('{"a":"\ud800"}')).toEqual({ a: '\ufffd' });
  });
});

describe('what is no JSON', () => {
  test.each([
    ['', 'an empty body instead of JSON'],
    ['\n <html></html>', 'HTML instead of JSON'],
    ['{"id":', 'broken JSON instead of JSON'],
    ['OK', 'broken JSON instead of JSON'],
  ])('%j is a protocol error that says so and does not repeat it', (text, reason) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        kind: 'protocol',
        message: `GET /queue/job/1 answered 200: ${reason}`,
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeboolaRequest } from '../../../src/keboola/http/exchange.js';
import { isExactNumber, isFullDouble } from '../../../src/job/text/exact-number.js';
import { parseJson } from '../../../src/keboola/http/json.js';
import { redactTokenIn } from '../../../src/keboola/http/redact-token.js';
import { wellFormed } from '../../../src/job/text/well-formed.js';

const request: KeboolaRequest = { method: 'GET', url: new URL('https://syrup.keboola.com/queue/job/1'), timeoutMs: 1 };
const parse = (text: string): unknown => parseJson(request, 200, text);

/** What becomes of a number that JavaScript has written itself: digits beyond 2^53 - 1 may have been others. */
const inexactAsText = (_: string, value: unknown): unknown =>
  Number.isInteger(value) && !Number.isSafeInteger(value) ? String(value) : value;

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
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.string(), (wide, key) => {
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

describe('a number that JavaScript cannot hold', () => {
  test.each([
    '12345678901234567890123',
    '-100000000000000000000000',
    '12345678901234567e0',
    '12345678901234567.5',
    '1234567890123456e3',
    '9.1e15',
    '1e22',
    '1e400',
    '-1E+400',
    '1e-400',
    '0.12345678901234567890123',
    '12345678901234.567',
    '3.141592653589793238',
  ])('is the text that Keboola wrote, wherever it stands: %s', (number) => {
    expect(parse(`{"a":${number},"b":[1, ${number}\n,{"c": ${number} }]}`)).toEqual({
      a: number,
      b: [1, number, { c: number }],
    });
    expect(parse(number)).toBe(number);
    expect(parse(` ${number}`)).toBe(number);
  });

  test('is found by the short look at an answer wherever it stands and however it is written', () => {
    const whole = fc.stringMatching(/^(?:0|[1-9]\d{0,24})$/);
    const fraction = fc.stringMatching(/^(?:|\.\d{1,24})$/);
    const power = fc.stringMatching(/^(?:|[eE][-+]?\d{1,3})$/);
    const number = fc.tuple(fc.constantFrom('', '-'), whole, fraction, power).map((parts) => parts.join(''));
    const blank = fc.stringMatching(/^[\t\n\r ]{0,3}$/);
    fc.assert(
      fc.property(number, blank, blank, fc.string(), (digits, before, behind, key) => {
        const written = `${before}${digits}${behind}`;
        const held = isExactNumber(digits) || isFullDouble(digits) ? Number(digits) : digits;
        // Each is an answer of its own, so that no number draws attention to another one.
        expect(parse(written)).toEqual(held);
        expect(parse(`[${written}]`)).toEqual([held]);
        expect(parse(`["a",${written}]`)).toEqual(['a', held]);
        expect(parse(`{${JSON.stringify(key)}:${written}}`)).toEqual({ [key]: held });
      }),
    );
  });

  test.each(['{1e400:1}', '[1e400a]', '[1e400', '{"a":1e400:2}', '[01e400]', '[1.e400]', '[--1e400]', '[1e400 2]'])(
    'makes no JSON of what is none: %s',
    (text) => {
      expect(() => parse(text)).toThrow('broken JSON');
    },
  );
});

describe('any other JSON', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const text = JSON.stringify(json);
        expect(parse(text)).toEqual(JSON.parse(text, inexactAsText));
      }),
    );
  });

  test.each([
    '186985832',
    '1764487329123456',
    '9007199254740991.0',
    '0.1',
    '-12.50',
    '1e3',
    '2.5E-7',
    '0.000000000000000000001',
    '0.30000000000000004',
    '0.10000000000000001',
    '1.0000000000000000e+3',
    '-0',
  ])('keeps %s as the number that it is', (number) => {
    expect(parse(`{"id":${number}}`)).toEqual({ id: Number(number) });
  });
});

describe('an answer', () => {
  const token = '1134-53044-aB3dE5gH7jK9mN1pQ3sT5vW7';
  const parseWithToken = (text: string): unknown => parseJson({ ...request, token }, 200, text);

  test('shows nothing of the token and no half of a character, however it is written', () => {
    const encoded = Buffer.from(`user:${token}`).toString('base64');
    const traces = [token, token.slice(0, 20), token.slice(-12), encoded, '\ud800', token.replaceAll('-', '%2d')];
    const text = fc.oneof(fc.string(), fc.constantFrom(...traces), fc.string({ unit: 'grapheme' }));
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const document = fc.dictionary(text, fc.oneof(text, number, fc.array(text), fc.dictionary(text, text)));
    fc.assert(
      fc.property(document, (json) => {
        const written = JSON.stringify(json);
        expect(parseWithToken(written)).toEqual(wellFormed(redactTokenIn(JSON.parse(written, inexactAsText), token)));
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

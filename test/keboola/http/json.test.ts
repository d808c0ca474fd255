import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeboolaRequest } from '../../../src/keboola/http/exchange.js';
import { parseJson } from '../../../src/keboola/http/json.js';

const request: KeboolaRequest = { method: 'GET', url: new URL('https://syrup.keboola.com/queue/job/1'), timeoutMs: 1 };
const parse = (text: string): unknown => parseJson(request, 200, text);

describe('an id of 64 bits', () => {
  test('keeps all of its digits, as text', () => {
    expect(
      parse('{"id":9007199254740993,"runId": 18446744073709551615 ,"params":{"config":9223372036854775807}}'),
    ).toEqual({ id: '9007199254740993', runId: '18446744073709551615', params: { config: '9223372036854775807' } });
  });

  test('keeps them in lists of jobs', () => {
    expect(parse('[{"id":9007199254740993},{"id":9007199254740995}]')).toEqual([
      { id: '9007199254740993' },
      { id: '9007199254740995' },
    ]);
  });

  test('of any width is the same digits that Keboola wrote', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (id) => {
        expect(String((parse(`{"id": ${id}}`) as { id: unknown }).id)).toBe(String(id));
      }),
    );
  });

  test('inside of a text is left alone', () => {
    const document = { message: 'saw {"id":9007199254740993} and \\"id": 9007199254740993, in it' };
    expect(parse(JSON.stringify(document))).toEqual(document);
  });
});

describe('any other JSON', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(parse(JSON.stringify(json))).toEqual(JSON.parse(JSON.stringify(json)));
      }),
    );
  });

  test('keeps small ids and other wide numbers as numbers', () => {
    expect(parse('{"id":186985832,"bytes":12345678901234567}')).toEqual({ id: 186985832, bytes: 12345678901234567 });
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

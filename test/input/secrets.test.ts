import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSecrets, redactTokens } from '../../src/input/secrets.js';
import { INPUT_DEPTH_MAX } from '../../src/job/text/inexact-numbers.js';
import { costRatio } from '../support/cost-ratio.js';

const TOKEN = '1134-53044-abcDEF1234567890';
const secret = fc.stringMatching(/^[A-Za-z0-9]{7,40}$/).filter((text) => /[A-Za-z]/.test(text));
const tokens = fc
  .tuple(fc.integer({ min: 10, max: 999_999_999 }), fc.integer({ min: 100, max: 999_999_999 }), secret)
  .map((parts) => parts.join('-'));

describe('a Storage token', () => {
  test('is found in any text around it', () => {
    fc.assert(
      fc.property(tokens, fc.constantFrom('', ' ', '"', '=', 'x: '), (token, before) => {
        expect(findSecrets({ a: `${before}${token} end` })).toEqual([{ path: 'a', kind: 'token' }]);
      }),
    );
  });

  test('is found in lists, in keys and under #keys', () => {
    expect(findSecrets({ a: [1, { b: TOKEN }] })).toEqual([{ path: 'a.1.b', kind: 'token' }]);
    expect(findSecrets({ a: { [TOKEN]: 1 } })).toEqual([{ path: 'a.***', kind: 'token' }]);
    expect(findSecrets({ '#a': TOKEN })).toEqual([{ path: '#a', kind: 'token' }]);
    expect(findSecrets({ '#a': { b: TOKEN } })).toEqual([{ path: '#a.b', kind: 'token' }]);
  });

  test.each([
    ['JSON', '\\u002d'],
    ['JSON in JSON', '\\\\u002D'],
    ['an address', '%2D'],
    ['HTML', '&#45;'],
    ['HTML in capitals', '&#X002D;'],
    ['HTML by its name', '&hyphen;'],
    ['HTML by another name', '&dash;'],
    ['HTML in HTML', '&amp;#45;'],
    ['a program', '\\x2d'],
    ['a program in braces', '\\u{2d}'],
    ['a program in octal', '\\055'],
    ['a mail', '=2D'],
  ])('is found where its dashes are escaped for %s', (_, dash) => {
    const token = TOKEN.replaceAll('-', dash);
    expect(findSecrets({ a: `{"t":"${token}"}` })).toEqual([{ path: 'a', kind: 'token' }]);
    expect(redactTokens(`[${token}]`)).toBe('[***]');
  });

  test.each([
    '5f2b1c3d-1134-4304-8abc-abcdef123456',
    '01890a5d-ac96-774b-bcce-b302099a8057',
    '2024-01-15',
    '2024-01-15T103000Z',
    '2024-01-15T10:30:00Z',
    '555-1234-5678901',
    'in.c-1134-53044-orders_2024',
    '12-34-short',
    '1134-53044',
  ])('is not seen in %s', (text) => {
    expect(findSecrets({ a: text })).toEqual([]);
    expect(redactTokens(text)).toBe(text);
  });

  test('is replaced by stars wherever it stands', () => {
    expect(redactTokens(`a ${TOKEN} b ${TOKEN}`)).toBe('a *** b ***');
    fc.assert(
      fc.property(tokens, (token) => {
        expect(redactTokens(`https://x.example/?t=${token}`)).toBe('https://x.example/?t=***');
      }),
    );
  });
});

describe('a value under a #key', () => {
  test.each([
    ['text', 'hunter2'],
    ['a number', 7],
    ['an object', { nested: 'x' }],
    ['a list', ['x']],
    ['text that only mentions KBC::', ' KBC::x'],
  ])('is a plain secret when it is %s', (_, value) => {
    expect(findSecrets({ p: { '#s': value } })).toEqual([{ path: 'p.#s', kind: 'plain-secret' }]);
  });

  test.each([['KBC::ProjectSecure::eJwB'], [''], [null]])('is none when it is %j', (value) => {
    expect(findSecrets({ '#s': value })).toEqual([]);
  });
});

describe('the search', () => {
  const nested = (levels: number): unknown => {
    let value: unknown = {};
    for (let level = 0; level < levels; level++) value = { v: value };
    return value;
  };

  test('says where it stopped instead of passing what it did not see', () => {
    expect(findSecrets(nested(INPUT_DEPTH_MAX - 1))).toEqual([]);
    expect(findSecrets(nested(INPUT_DEPTH_MAX))).toEqual([
      { path: new Array(INPUT_DEPTH_MAX).fill('v').join('.'), kind: 'too-deep' },
    ]);
  });

  test('survives nesting that no stack could follow', () => {
    expect(findSecrets(nested(200_000))).toHaveLength(1);
  });

  test('takes arbitrary JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(Array.isArray(findSecrets(json))).toBe(true);
      }),
    );
  });

  test('is not slowed down by text that nearly is a token', async () => {
    const search = (size: number) => () =>
      findSecrets({ a: `11-11-${'1'.repeat(size)}-`, b: '11-11-1234567_ '.repeat(size / 10), c: '1-'.repeat(size) });
    // Twenty times the text costs about twenty times as much, and four hundred times where the search steps back.
    expect(await costRatio(search(400_000), search(20_000))).toBeLessThan(90);
  });
});

test.each(['2024-01-January', '2024-11-invoices.csv', 's3://bucket/2023-10-reports/x.csv', '10-20-something'])(
  'a date or a name is no token: %s',
  (text) => {
    expect(findSecrets({ a: text })).toEqual([]);
  },
);

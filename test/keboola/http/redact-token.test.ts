import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactToken, redactTokenIn } from '../../../src/keboola/http/redact-token.js';

const SECRET = 'aB3dE5gH7jK9mN1pQ3sT5vW7';
const TOKEN = `1134-53044-${SECRET}`;

const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0');
/** Ways in which one character may come back. */
const spellings: Record<string, (char: string) => string> = {
  itself: (char) => char,
  'JSON escape': (char) => `\\u00${hex(char)}`,
  'JSON escape in capitals': (char) => `\\u00${hex(char).toUpperCase()}`,
  'JSON in JSON': (char) => `\\\\u00${hex(char)}`,
  address: (char) => `%${hex(char)}`,
  'address in an address': (char) => `%25${hex(char)}`,
  'JSON escape in an address': (char) => `%5Cu00${hex(char)}`,
  'HTML, decimal': (char) => `&#${char.charCodeAt(0)};`,
  'HTML, hexadecimal': (char) => `&#x${hex(char)};`,
  'HTML, hexadecimal in capitals': (char) => `&#X00${hex(char).toUpperCase()};`,
  'HTML in HTML': (char) => `&amp;#${char.charCodeAt(0)};`,
  'escape of a program': (char) => `\\x${hex(char)}`,
  'escape in braces': (char) => `\\u{${hex(char)}}`,
  'old escape of an address': (char) => `%u00${hex(char)}`,
};

const spell = (text: string, how: (char: string) => string): string => Array.from(text, how).join('');

describe('a token in an answer', () => {
  test.each(Object.keys(spellings))('is starred out where it is spelled as %s', (name) => {
    const how = spellings[name]!;
    expect(redactToken(`token "${spell(TOKEN, how)}" is refused`, TOKEN)).toBe('token "***" is refused');
    const dashes = TOKEN.replaceAll('-', how('-'));
    expect(redactToken(`${dashes} and ${dashes}.`, TOKEN)).toBe('*** and ***.');
  });

  test.each(['\\055', '\\\\055', '\\55', '=2D', '=2d', '&hyphen;', '&dash;', '&amp;dash;', '%3D2D'])(
    'is starred out where its dashes are %s',
    (dash) => {
      expect(redactToken(`token=${TOKEN.replaceAll('-', dash)} is refused`, TOKEN)).toBe('token=*** is refused');
    },
  );

  test('is starred out where each of its characters is spelled in another way', () => {
    const ways = fc.array(fc.constantFrom(...Object.values(spellings)), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(ways, fc.string(), fc.string(), (how, before, after) => {
        const spelled = Array.from(TOKEN, (char, index) => how[index]!(char)).join('');
        const shown = redactToken(`${before} ${spelled} ${after}`, TOKEN);
        expect(shown).toBe(`${redactToken(before, TOKEN)} *** ${redactToken(after, TOKEN)}`);
      }),
    );
  });

  test.each(['base64', 'base64url'] as const)('is starred out in %s, wherever in it', (encoding) => {
    for (const before of ['', ':', 'ab', 'user:']) {
      const shown = redactToken(`Basic ${Buffer.from(`${before}${TOKEN}:x`).toString(encoding)}`, TOKEN);
      expect(Buffer.from(shown.slice('Basic '.length).replaceAll('*', ''), encoding).toString()).not.toContain('53044');
      expect(shown).toContain('***');
    }
  });

  test('is starred out where it was cut off, at whichever end', () => {
    for (let length = '1134-53044-'.length + 4; length <= TOKEN.length; length++) {
      expect(redactToken(`token ${TOKEN.slice(0, length)} (truncated...)`, TOKEN)).toBe('token *** (truncated...)');
    }
    for (let length = 8; length <= TOKEN.length; length++) {
      expect(redactToken(`...${TOKEN.slice(-length)} is refused`, TOKEN)).toBe('...*** is refused');
    }
  });

  test('is starred out where the cut went through an escape', () => {
    expect(redactToken(`1134\\u002d53044\\u002d${SECRET.slice(0, 9)}\\u00`, TOKEN)).toBe('***\\u00');
  });

  test('is the only thing that is changed', () => {
    const innocent = fc.string().filter((text) => !text.includes(SECRET.slice(0, 4)));
    fc.assert(
      fc.property(innocent, (text) => {
        expect(redactToken(text, TOKEN)).toBe(text);
      }),
    );
    expect(redactToken('project 1134, token 1134-53044, 100 % \\u002d &#45;', TOKEN)).toBe(
      'project 1134, token 1134-53044, 100 % \\u002d &#45;',
    );
    expect(redactToken('the sandbox is in a sandbox', '1134-53044-sandbox')).toBe('the sandbox is in a sandbox');
  });

  test('of any shape is starred out', () => {
    for (const token of ['x', 'short', 'a"b\\c/d', '%41%42%43%44', 'no-dashes_at.all~here']) {
      expect(redactToken(`[${token}]`, token)).toBe('[***]');
    }
  });
});

describe('an answer that was parsed', () => {
  test('has the token neither in its texts nor in its keys, at any depth', () => {
    const nested = fc.jsonValue().map((json) => ({ json, [TOKEN]: [{ a: `x${TOKEN}` }, TOKEN], ['%2d']: 1 }));
    fc.assert(
      fc.property(nested, (document) => {
        const text = JSON.stringify(document).replaceAll(TOKEN, TOKEN.replaceAll('-', '\\u002d'));
        const shown = JSON.stringify(redactTokenIn(JSON.parse(text), TOKEN));
        expect(shown).not.toContain(SECRET);
        expect(shown).toContain('"***":[{"a":"x***"},"***"]');
      }),
    );
  });

  test('is not too deep for it', () => {
    const depth = 200_000;
    const json = JSON.parse(`${'['.repeat(depth)}"${TOKEN}"${']'.repeat(depth)}`) as unknown;
    let node = redactTokenIn(json, TOKEN);
    while (Array.isArray(node)) node = node[0];
    expect(node).toBe('***');
  });

  test('keeps a key that would be a prototype', () => {
    const json = redactTokenIn(JSON.parse(`{"__proto__":{"t":"${TOKEN}"}}`), TOKEN);
    expect(JSON.stringify(json)).toBe('{"__proto__":{"t":"***"}}');
  });
});

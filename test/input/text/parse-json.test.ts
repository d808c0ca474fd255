import { describe, expect, test } from 'vitest';
import { parseJson, textProblems } from '../../../src/input/text/parse-json.js';

/** What is told of a text; empty when it is taken. */
function toldOf(text: string): string {
  const parsed = parseJson(text);
  return parsed.ok ? '' : textProblems(parsed.problems);
}

describe('JSON that a person has written', () => {
  test('is read as JSON.parse reads it', () => {
    const text = '{"a": [1.10, 1e3, {"b": null, "a": "\\u00e9"}], "__proto__": {"c": true}}';
    expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
  });

  test('may have a byte order mark in front', () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  });

  test.each([
    ['a key that is there twice', '{"p":{"table":"a",\n"table":"b"}}', 'p.table: appears twice (line 2, column 1)'],
    ['a key that is escaped once', '{"a":1,"\\u0061":2}', 'a: appears twice (line 1, column 8)'],
    ['a key that is there twice in a list', '[{"a":1},{"a":1,"a":1}]', '1.a: appears twice (line 1, column 17)'],
    [
      'a number beyond 2^53',
      '{"accountId": 23851234567890123}',
      'accountId: the number 23851234567890123 cannot be kept exactly; write it in quotes (line 1, column 15)',
    ],
    ['a number beyond all', '{"a":[0,1e400]}', 'a.1: the number 1e400 cannot be kept exactly'],
    ['a number next to nothing', '{"a":1e-400}', 'a: the number 1e-400 cannot be kept exactly; write it in quotes'],
    ['more digits than there are', '{"a":0.1234567890123456789012}', 'a: the number 0.1234567890123456789012 cannot'],
  ])('is refused where it would be read as something else: %s', (_, text, words) => {
    expect(toldOf(text)).toContain(words);
    expect(parseJson(text)).toMatchObject({ ok: false, isJson: true });
  });

  test.each([
    ['{', 'close brace expected (line 1, column 2)'],
    ['{"a":1,}', 'property name expected (line 1, column 8)'],
    ['{"a":1} // why', 'invalid comment token (line 1, column 9)'],
    ['', 'value expected (line 1, column 1)'],
    ["{'a':1}", 'invalid symbol (line 1, column 2)'],
  ])('is told as none with its place, without a word of it: %s', (text, words) => {
    expect(toldOf(text)).toContain(words);
    expect(parseJson(text)).toMatchObject({ ok: false, isJson: false });
  });

  test.each([
    ['lists', '['.repeat(5_000) + ']'.repeat(5_000)],
    ['maps', '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000)],
    ['lists without an end', '['.repeat(5_000)],
  ])('is refused where no reader could follow it: 5,000 %s', (_, text) => {
    expect(toldOf(`\n${text}`)).toMatch(/^is nested too deep, more than 200 levels \(line 2, column \d+\)$/);
  });

  test.each([
    ['at the start', `${'['.repeat(201)}\n\n`, 1, 201],
    ['in the first columns of a line', `\n\n${'['.repeat(201)}\n`, 3, 201],
    ['behind other lines', `{"a":\n1,\n  "b":${'['.repeat(201)}`, 3, 206],
  ])('is told with the place where it is too deep: %s', (_, text, line, column) => {
    const message = 'is nested too deep, more than 200 levels';
    expect(parseJson(text)).toEqual({ ok: false, isJson: true, problems: [{ path: '', message, line, column }] });
  });

  test('is told as broken of the text as a whole, by line and column', () => {
    expect(parseJson('{"a":\n1,}')).toMatchObject({
      problems: [
        { path: '', message: 'property name expected', line: 2, column: 3 },
        { path: '', message: 'value expected', line: 2, column: 3 },
      ],
    });
  });

  test('has 20 problems at most', () => {
    const problemsOf = (numbers: number): unknown[] => {
      const parsed = parseJson(`[${'1e400,'.repeat(numbers)}1]`);
      return parsed.ok ? [] : parsed.problems;
    };
    expect(problemsOf(19)).toHaveLength(19);
    expect(problemsOf(20)).toHaveLength(20);
    expect(problemsOf(21)).toHaveLength(20);
  });

  test.each([
    [40, '7'.repeat(40)],
    [41, `${'7'.repeat(40)}…`],
  ])('has its numbers shown up to 40 digits: %i', (digits, shown) => {
    expect(toldOf('7'.repeat(digits))).toBe(
      `the number ${shown} cannot be kept exactly; write it in quotes (line 1, column 1)`,
    );
  });

  test('may be as deep as can be, and hold any brackets in its texts', () => {
    const text = `"${'['.repeat(5_000)}\\"[["`;
    expect(parseJson(`${'['.repeat(200)}${text}${']'.repeat(200)}`).ok).toBe(true);
  });

  test('does no harm, however deep or wrong it is', () => {
    expect(toldOf('['.repeat(200_000))).toContain('is nested too deep');
    expect(toldOf(`[${'1e400,'.repeat(100_000)}1]`).split('; write').length).toBeLessThan(30);
  });
});

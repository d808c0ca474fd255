import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RunJobInputSchema } from '../../src/input/schemas/run-job.js';
import { checkRunJobInput } from '../../src/input/check-input.js';
import { problemsText } from '../../src/input/find-problems.js';
import type { InputProblem } from '../../src/input/input-problem.js';

const GOOD = { component: 'keboola.ex-db-mysql', config: 'orders' };

function problemsOf(input: unknown): InputProblem[] {
  const check = checkRunJobInput(input);
  return check.ok ? [] : check.problems;
}

function pathsOf(input: unknown): string[] {
  return problemsOf(input).map(({ path }) => path);
}

describe('a good input', () => {
  test('passes unchanged with every field that is supported', () => {
    const input = {
      connection: 'default',
      component: 'keboola.ex-db-mysql',
      config: 'orders',
      configData: { parameters: { db: { '#password': 'KBC::ProjectSecure::eJx' } } },
      rows: ['7'],
      tag: '1.2.3',
      branchId: '1234',
      variableValuesData: { values: [{ name: 'day', value: '' }] },
      params: { row: '1' },
      mode: 'run',
      parentRunId: '186985832.186985833',
      queueTimeout: '2h',
      runTimeout: 60_000,
      onWarning: 'fail',
      onTerminated: 'fail',
      onAmbiguousCreate: 'recreate',
      children: 'ignore',
      onForeignJob: 'wait',
    };
    expect(checkRunJobInput(input)).toEqual({ ok: true, value: input });
  });

  test.each([{ config: 'a' }, { configData: {} }, { params: { config: 'a' } }])(
    'needs something to run: %j',
    (what) => {
      expect(problemsOf({ component: 'ex-db', ...what })).toEqual([]);
    },
  );

  test('may leave a field undefined', () => {
    const input = { ...GOOD, tag: undefined, rows: undefined, children: undefined };
    expect(checkRunJobInput(input)).toEqual({ ok: true, value: GOOD });
  });
});

describe('a wrong input', () => {
  test.each([null, undefined, 7, 'text', [], [GOOD], true])('%j is no object', (input) => {
    expect(problemsOf(input)).toEqual([
      { path: '', message: expect.stringMatching(/^expected a JSON object, got /) as string },
    ]);
  });

  test('has all of its problems named at once', () => {
    const wrong = { component: 'a b', config: 7, onWarning: 'maybe', confg: 'typo', tag: '../x', parentRunId: '1..2' };
    const input = { ...wrong, mode: 'debug', queueTimeout: 'soon', children: 'watch' };
    const paths = ['component', 'confg', 'config', 'onWarning', 'parentRunId', 'tag', 'queueTimeout', 'children'];
    expect(pathsOf(input).sort()).toEqual(paths.sort());
  });

  test.each(['rows', 'flowTasks'])('that names one of its %s twice says which', (field) => {
    expect(problemsOf({ component: 'c', config: '1', [field]: ['a', 'b', 'a', 'a'] })).toEqual([
      { path: `${field}.2`, message: '"a" appears twice' },
      { path: `${field}.3`, message: '"a" appears twice' },
    ]);
  });

  test('that names nothing to run says what to give', () => {
    expect(problemsText(problemsOf({ component: 'ex-db' }))).toMatch(/^config: names nothing to run: give "config"/);
  });

  test.each(['wait', 'adopt', 'fail'])('that gives no configuration cannot mind others that run it: %s', (policy) => {
    const inline = { component: 'c', configData: {}, onForeignJob: policy };
    expect(problemsText(problemsOf(inline))).toMatch(/^onForeignJob: needs "config": /);
    expect(problemsOf({ ...inline, config: '1' })).toEqual([]);
    expect(problemsOf({ ...inline, onForeignJob: 'ignore' })).toEqual([]);
  });

  const texts = ['connection', 'component', 'config', 'parentRunId', 'tag', 'branchId', 'variableValuesId'];
  test.each(texts)('must have text for %s', (field) => {
    for (const value of ['', 'x'.repeat(256), 7, null, {}, ['a'], false]) {
      expect(pathsOf({ ...GOOD, [field]: value })).toContain(field);
    }
  });

  test.each(['configData', 'params', 'variableValuesData'])('must have an object for %s', (field) => {
    for (const value of ['{}', 7, null, [1], true]) expect(pathsOf({ ...GOOD, [field]: value })).toContain(field);
  });

  test.each([
    ['onWarning', ['cancel', 'ACCEPT', 1]],
    ['onTerminated', ['accept', '', null]],
    ['onAmbiguousCreate', ['create', true]],
    ['mode', ['dry-run', null]],
    ['children', ['all', null]],
  ])('must have one of the known words for %s', (field, values) => {
    for (const value of values) expect(pathsOf({ ...GOOD, [field]: value })).toEqual([field]);
  });

  test.each(['a/b', '../docker', 'a b', 'ä', '.a', 'a?b', 'a%2Fb', '-a'])(
    'may not have %j for component',
    (component) => {
      expect(pathsOf({ ...GOOD, component })).toEqual(['component']);
    },
  );

  test.each(['1..2', '.1', '1.', ' 1', '1 2', 'č.1', '1\n2', '<=9', 'AND', '1.OR', '*', '-1', 'a:b', '(1)', '"1"'])(
    'may not have %j for parentRunId',
    (parentRunId) => {
      expect(pathsOf({ ...GOOD, parentRunId })).toEqual(['parentRunId']);
    },
  );

  test('has every unknown field named, whatever it is called', () => {
    const known = new Set(Object.keys(RunJobInputSchema.shape));
    const unknown = fc.string({ minLength: 1 }).filter((key) => !known.has(key) && !/^on|^#|token/i.test(key));
    fc.assert(
      fc.property(unknown, (key) => {
        expect(checkRunJobInput(JSON.parse(JSON.stringify({ ...GOOD, [key]: 1 }))).ok).toBe(false);
      }),
    );
    expect(problemsOf({ ...GOOD, conifg: 1 })).toEqual([
      { path: 'conifg', message: 'unknown field. Did you mean "config"?' },
    ]);
  });
});

describe('the size of an input', () => {
  const sized = (bytes: number): unknown => {
    const empty = Buffer.byteLength(JSON.stringify({ ...GOOD, configData: { text: '' } }));
    return { ...GOOD, configData: { text: 'x'.repeat(bytes - empty) } };
  };

  test('is a mebibyte of JSON at most', () => {
    expect(problemsOf(sized(1024 * 1024))).toEqual([]);
    expect(problemsText(problemsOf(sized(1024 * 1024 + 1)))).toMatch(/1048577 bytes of JSON, at most 1048576/);
  });

  test('counts bytes, not characters', () => {
    expect(problemsOf({ ...GOOD, configData: { text: 'ž'.repeat(600_000) } })).toHaveLength(1);
  });

  test('bounds the depth too, since what lies deeper was not searched for tokens', () => {
    let configData: Record<string, unknown> = { token: '1134-53044-abcdefghij' };
    for (let level = 0; level < 100; level++) configData = { configData };
    expect(problemsText(problemsOf({ ...GOOD, configData }))).toContain('is nested deeper than 64 levels');
  });

  test('cannot be told of what JSON cannot write, which is a problem and no exception', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['left'] = cyclic['right'] = cyclic;
    for (const configData of [cyclic, { big: 1n }]) {
      expect(problemsText(problemsOf({ ...GOOD, configData }))).toMatch(/^cannot be written as JSON/);
    }
  });
});

describe('secrets', () => {
  test('a Storage token is found anywhere and marked as leaked, and no message repeats it', () => {
    const token = '1134-53044-abcDEF1234567890';
    const where = fc.constantFrom<(token: string) => object>(
      (text) => ({ ...GOOD, config: text }),
      (text) => ({ ...GOOD, component: text }),
      (text) => ({ ...GOOD, connection: text }),
      (text) => ({ ...GOOD, parentRunId: text }),
      (text) => ({ ...GOOD, onWarning: text }),
      (text) => ({ ...GOOD, mode: text }),
      (text) => ({ ...GOOD, [text]: 1 }),
      (text) => ({ ...GOOD, configData: { a: [{ b: `https://x.example/?token=${text}&y` }] } }),
      (text) => ({ ...GOOD, configData: { '#token': text } }),
      (text) => ({ ...GOOD, configData: { [text]: 'as a key' } }),
      (text) => ({ ...GOOD, params: { deep: { er: [text] } } }),
    );
    fc.assert(
      fc.property(where, (place) => {
        const check = checkRunJobInput(place(token), { allowPlainSecrets: true });
        const problems = check.ok ? [] : check.problems;
        expect(problems.some(({ leaksToken }) => leaksToken)).toBe(true);
        expect(JSON.stringify(problems)).not.toContain('abcDEF');
      }),
    );
  });

  test.each(['token', 'storageToken', 'X-StorageApi-Token', 'KBC_TOKEN'])(
    'a field named %s is a leak itself',
    (name) => {
      expect(problemsOf({ ...GOOD, [name]: 'whatever' })).toContainEqual(expect.objectContaining({ leaksToken: true }));
    },
  );

  test('a plain #value is refused with its place and the way to encrypt it', () => {
    const [problem, ...more] = problemsOf({ ...GOOD, configData: { db: { '#password': 'hunter2' } } });
    expect(problem?.path).toBe('configData.db.#password');
    expect(problem?.message).toMatch(/encrypt it first .*https:\/\/developers\.keboola\.com\/overview\/encryption\//);
    expect(problem?.message).not.toContain('hunter2');
    expect(more).toEqual([]);
  });

  test('a plain #value passes where the worker allows it', () => {
    const input = { ...GOOD, configData: { '#password': 'hunter2' } };
    expect(checkRunJobInput(input, { allowPlainSecrets: true }).ok).toBe(true);
  });
});

describe('arbitrary input', () => {
  test('is checked without ever throwing, and a refusal names a problem', () => {
    const field = fc.constantFrom(
      'component',
      'config',
      'configData',
      'variableValuesData',
      'params',
      'rows',
      'runTimeout',
      'connection',
      '__proto__',
      'x',
    );
    const input = fc.oneof(fc.anything(), fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.anything())));
    fc.assert(
      fc.property(input, (anything) => {
        const check = checkRunJobInput(anything);
        if (!check.ok) expect(problemsText(check.problems)).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

test('a flood of problems is told in a bounded number of lines, a leaked token first', () => {
  const flood = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`unknown${index}`, 1]));
  const check = checkRunJobInput({ component: 'ex-db', config: 'a', ...flood, zzz: '1134-53044-abcdefghijklmn' });
  if (check.ok) throw new Error('it passed');
  expect(check.problems.length).toBeLessThanOrEqual(51);
  expect(check.problems[0]?.leaksToken).toBe(true);
  expect(check.problems.at(-1)?.message).toMatch(/^and \d+ more problems$/);
});

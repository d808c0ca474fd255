import { describe, expect, test } from 'vitest';
import type { WhatToRun } from '../../../src/job/create/creation.js';
import { runProblems } from '../../../src/keboola/syrup/run-problems.js';

const NATIVE = 'https://syrup.keboola.com/ex-db';
const DOCKER = 'https://syrup.keboola.com/docker/ex-db';

const pathsOf = (what: Partial<WhatToRun>, uri: string | undefined): string[] =>
  runProblems({ component: 'ex-db', config: '1', ...what }, uri).map(({ path }) => path);

describe('a native application', () => {
  test('is not run with what docker components alone understand: all of it is named', () => {
    const what: Partial<WhatToRun> = {
      rows: ['1'],
      tag: '1',
      branchId: '1',
      variableValuesId: '1',
      variableValuesData: { values: [] },
      mode: 'debug',
    };
    expect(pathsOf(what, NATIVE)).toEqual(Object.keys(what));
    expect(pathsOf(what, DOCKER)).toEqual(['tag']);
    expect(pathsOf({ ...what, mode: 'run' }, DOCKER)).toEqual([]);
    expect(runProblems({ component: 'ex-db', mode: 'debug' }, NATIVE)[0]?.message).toMatch(/^"debug" is for docker/);
    expect(runProblems({ component: 'ex-db', tag: '1' }, NATIVE)[0]?.message).toMatch(
      /^is for docker.* go into "params"$/,
    );
  });

  test('is run with its own fields, a configuration and the mode "run"', () => {
    expect(pathsOf({ params: { row: 1 }, configData: {}, mode: 'run' }, NATIVE)).toEqual([]);
  });
});

describe('a docker component', () => {
  test.each([DOCKER, '', undefined])('at %j is not run with fields of its own', (uri) => {
    expect(pathsOf({ params: { row: 1 } }, uri)).toEqual(['params']);
  });
});

test('what only Queue v2 knows is named, for either kind', () => {
  const what: Partial<WhatToRun> = {
    backend: { type: 'small' },
    parallelism: 2,
    delay: '1m',
    delayedStartTime: '2026-11-28T07:00:00Z',
    flowTasks: ['1'],
    mode: 'force-run',
  };
  expect(pathsOf(what, DOCKER)).toEqual(Object.keys(what));
  expect(pathsOf(what, NATIVE)).toEqual(Object.keys(what));
  expect(runProblems({ component: 'ex-db', delay: 5 }, DOCKER)[0]?.message).toBe(
    'is for projects on Queue v2; this one runs its jobs on Syrup',
  );
});

test('a job runs one row, and several are not cut down to the first one', () => {
  expect(pathsOf({ rows: ['1', '2'] }, DOCKER)).toEqual(['rows']);
  expect(pathsOf({ rows: ['1'] }, DOCKER)).toEqual([]);
});

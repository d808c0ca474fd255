import { expect, test } from 'vitest';
import type { WhatToRun } from '../../../src/job/create/creation.js';
import { queueRunProblems } from '../../../src/keboola/queue/run-problems.js';

test.each<[string, WhatToRun, string[]]>([
  ['a stored configuration', { component: 'keboola.ex-http', config: '1', rows: ['1', '2'] }, []],
  ['fields of a native application', { component: 'ex-db', params: {} }, ['params']],
  ['tasks of a flow', { component: 'keboola.flow', config: '1', flowTasks: ['a'] }, []],
  ['tasks of what would run all', { component: 'keboola.orchestrator', config: '1', flowTasks: ['a'] }, ['flowTasks']],
  ['rows that would be ignored', { component: 'keboola.ex-http', config: '1', rows: ['1'], configData: {} }, ['rows']],
  ['a machine of no size', { component: 'keboola.ex-http', config: '1', backend: { context: 'a' } }, ['backend']],
  [
    'values of variables',
    {
      component: 'keboola.ex-http',
      config: '1',
      variableValuesData: { values: ['a', '', 'b', ''].map((value, at) => ({ name: `v${at}`, value })) },
    },
    ['variableValuesData.values.1.value', 'variableValuesData.values.3.value'],
  ],
  ['a tag in debug mode', { component: 'keboola.ex-http', config: '1', tag: '1', mode: 'debug' }, []],
])('of %s is named what would be ignored or refused', (_, what, paths) => {
  expect(queueRunProblems(what).map(({ path }) => path)).toEqual(paths);
});

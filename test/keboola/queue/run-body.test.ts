import { expect, test } from 'vitest';
import type { RunRequest } from '../../../src/job/create/creation.js';
import { runBody } from '../../../src/keboola/queue/run-body.js';

const GIVEN: RunRequest = {
  connection: 'default',
  project: '5555',
  runId: '900000000000001',
  component: 'keboola.ex-http',
  config: '7',
};

test('what was not asked for is left out, null and empty lists included', () => {
  expect(runBody(GIVEN)).toEqual({ component: 'keboola.ex-http', config: '7', mode: 'run' });
});

test('the connection and the run id are no part of it, since the run id travels in a header', () => {
  expect(Object.keys(runBody({ ...GIVEN, parentRunId: '1' }))).toEqual(['component', 'config', 'mode']);
});

test.each([
  [{ rows: ['1', '2'] }, { configRowIds: ['1', '2'] }],
  [{ configData: { parameters: {} } }, { configData: { parameters: {} } }],
  [
    { tag: '1.2', branchId: '77' },
    { tag: '1.2', branchId: '77' },
  ],
  [{ variableValuesId: '5' }, { variableValuesId: '5' }],
  [{ variableValuesData: { values: [] } }, { variableValuesData: { values: [] } }],
  [{ mode: 'debug' as const }, { mode: 'debug' }],
  [{ mode: 'force-run' as const }, { mode: 'forceRun' }],
  [{ backend: { type: 'small' as const } }, { backend: { type: 'small' } }],
  [{ parallelism: 5 }, { parallelism: '5' }],
  [{ parallelism: 'infinity' as const }, { parallelism: 'infinity' }],
  [{ delay: '1m' }, { delay: 60 }],
  [{ delay: 1_001 }, { delay: 2 }],
  [{ delayedStartTime: '2026-11-28T07:00:00Z' }, { delayedStartTime: '2026-11-28T07:00:00Z' }],
  [{ flowTasks: ['a', 'b'] }, { onlyFlowTaskIds: ['a', 'b'] }],
])('%j travels as %j', (what, body) => {
  expect(runBody({ ...GIVEN, ...what })).toMatchObject(body);
});

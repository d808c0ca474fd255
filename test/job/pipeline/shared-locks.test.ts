import { expect, it } from 'vitest';
import type { TaskInput } from '../../../src/job/pipeline/input.js';
import { sharedLocks } from '../../../src/job/pipeline/shared-locks.js';

const job = (config: string, more = {}): TaskInput => ({ job: { component: 'c', config, ...more } });
const phases = (...tasks: TaskInput[][]) => ({
  name: 'p',
  phases: tasks.map((ofPhase, at) => ({ name: `phase ${at}`, tasks: ofPhase })),
});

it('finds tasks of one phase that share a configuration, whatever row or branch they run', () => {
  const input = phases([job('1'), job('2'), job('1', { rows: ['a'] }), job('1', { branchId: '7' })]);
  expect(sharedLocks(input)).toEqual([{ path: 'phases.0', phase: 'phase 0', component: 'c', config: '1', tasks: 3 }]);
});

it('looks into pipelines that run beside other tasks', () => {
  const beside = phases([job('1'), { pipeline: phases([job('1')], [job('1')]) }]);
  expect(sharedLocks(beside)).toMatchObject([{ path: 'phases.0', tasks: 2 }]);
  const within = phases([{ pipeline: phases([job('1'), job('1')]) }]);
  expect(sharedLocks(within)).toMatchObject([{ path: 'phases.0.tasks.0.pipeline.phases.0', tasks: 2 }]);
});

it.each([
  ['one after another', phases([job('1')], [job('1')])],
  ['in different projects', phases([job('1'), job('1', { connection: 'other' })])],
  [
    'with inline configurations',
    phases([{ job: { component: 'c', configData: {} } }, { job: { component: 'c', configData: {} } }]),
  ],
])('finds nothing where they run %s', (_, input) => {
  expect(sharedLocks(input)).toEqual([]);
});

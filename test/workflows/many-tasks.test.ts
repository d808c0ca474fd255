import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { newPipelineState } from '../../src/job/pipeline-state.js';
import { openGoesOnLab, type GoesOnLab } from '../support/goes-on-lab.js';
import { settled } from '../support/job-lab.js';

const QUESTION = { action: { component: 'keboola.ex-db-mysql', action: 'getTables' } };
const ENDED_TASKS = 8_000;
const LEFT_TASKS = 60;
const ENDED = {
  status: 'ended',
  attempt: 1,
  startTime: '2026-11-28T07:00:00.000Z',
  endTime: '2026-11-28T07:00:01.000Z',
  end: { status: 'success' },
};
/** It takes about a second. To describe all tasks at each start and end of one made that ten. */
const CPU_MS_MAX = 4_000;

let runs: GoesOnLab;

beforeAll(async () => {
  runs = await openGoesOnLab();
});
afterAll(() => runs.close());

async function replayCpuMs(workflowId: string): Promise<number> {
  const history = await runs.server.client.workflow.getHandle(workflowId).fetchHistory();
  expect(history.events?.length).toBeGreaterThan(2 * LEFT_TASKS);
  const before = process.cpuUsage();
  await Worker.runReplayHistory({ workflowBundle: { codePath: inject('workflowBundle') } }, history, workflowId);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

it('a pipeline of thousands of tasks is described when somebody looks, and replayed without that', async () => {
  const tasks = Array.from({ length: ENDED_TASKS + LEFT_TASKS }, () => QUESTION);
  const states = tasks.map((_, at) => (at < ENDED_TASKS ? ENDED : { status: 'waiting' }));
  const handle = await runs.goesOn({
    workflowType: 'runPipeline',
    input: { name: 'many', phases: [{ name: 'p', tasks }] },
    carried: { ...newPipelineState('a-run'), check: { maxParallel: 20 }, tasks: [states] },
  });
  expect(await settled(handle)).not.toHaveProperty('error');
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(currentDetails).toContain('**success** · pipeline many');
  expect(currentDetails).toContain(`${ENDED_TASKS + LEFT_TASKS} success`);
  expect(await replayCpuMs(handle.workflowId)).toBeLessThan(CPU_MS_MAX);
});

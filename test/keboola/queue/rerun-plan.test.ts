import { describe, expect, test } from 'vitest';
import type { RunRequest } from '../../../src/job/create/creation.js';
import { UnsupportedQuestion } from '../../../src/keboola/jobs/unsupported-question.js';
import { useQueueProject } from '../../support/queue-project.js';

const RUN_ID = '900000000000001';
const RUN: RunRequest = {
  connection: 'default',
  project: '5555',
  runId: RUN_ID,
  component: 'keboola.orchestrator',
  config: 'nightly',
};
const AT_THE_TOP = { unfenced: { project: '5555', by: RUN_ID } };

const project = useQueueProject();

async function ended(what: Partial<RunRequest> = {}): Promise<string> {
  const { jobId } = await (await project.jobs.prepareCreate({ ...RUN, ...what })).send();
  project.sandbox.clock.advance(15 * 60_000);
  return jobId;
}

function answer(plan: unknown): void {
  project.sandbox.faults.add({ route: 'rerunPlan', replaceBody: plan });
}

describe('the rerun plan of a flow', () => {
  test('has each of its tasks with the job that it had', async () => {
    expect(await project.jobs.rerunPlan(await ended())).toMatchObject([
      { id: '11', status: 'success', component: 'keboola.ex-http', config: 'success' },
      { id: '12', status: 'error', component: 'keboola.ex-db-mysql', config: 'user-error' },
      { id: '21', status: 'success', jobId: expect.stringMatching(/^\d+$/) as string },
    ]);
  });

  test('has only the id of a task that has not run', async () => {
    answer({
      jobId: null,
      matchedTasks: [{ taskId: 't', matched: false, jobId: null, componentId: null, status: null }],
    });
    expect(await project.jobs.rerunPlan(await ended())).toEqual([{ id: 't' }]);
  });

  test('may be empty below a run id that no job has, and is not at the top', async () => {
    await project.sandbox.settings({ queueRerunPlan: 'emptyBelowFence' });
    expect(await project.jobs.rerunPlan(await ended())).toEqual([]);
    expect(await project.jobs.rerunPlan(await ended(AT_THE_TOP))).toHaveLength(3);
  });

  test.each([
    [
      'numbers for ids',
      [{ taskId: 7, jobId: 8, configId: 9, status: 'canceled' }],
      { id: '7', jobId: '8', config: '9' },
    ],
    ['odd rows beside a good one', [null, [], 'x', { taskId: null }, { taskId: {} }, { taskId: 'a' }], { id: 'a' }],
    ['gaps, as PHP writes a list with some', { 1: { taskId: 'a' } }, { id: 'a' }],
    ['odd fields', [{ taskId: 'a', jobId: [], componentId: 5, configId: {}, status: 3 }], { id: 'a' }],
  ])('is read with %s', async (_, matchedTasks, task) => {
    answer({ matchedTasks });
    expect(await project.jobs.rerunPlan(await ended())).toMatchObject([task]);
  });

  test('without a list is empty', async () => {
    answer({ matchedTasks: null });
    expect(await project.jobs.rerunPlan(await ended())).toEqual([]);
  });

  test.each([
    ['a list', []],
    ['nothing', {}],
    ['another job', { jobId: '1', matchedTasks: [] }],
    ['text for tasks', { matchedTasks: 'none' }],
    ['fields for tasks', { matchedTasks: { taskId: 'a' } }],
  ])('is not believed that is %s', async (_, plan) => {
    answer(plan);
    await expect(project.jobs.rerunPlan(await ended())).rejects.toMatchObject({ kind: 'protocol' });
  });

  test('of a job that is none of a flow there is not', async () => {
    const jobId = await ended({ component: 'keboola.ex-http', config: 'success' });
    const asked = project.jobs.rerunPlan(jobId);
    await expect(asked).rejects.toThrow(UnsupportedQuestion);
    await expect(asked).rejects.toThrow(`job ${jobId} is not a flow: it has no tasks to run again`);
  });

  test('of no job there is not either', async () => {
    await expect(project.jobs.rerunPlan('1')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(project.jobs.rerunPlan('..')).rejects.toMatchObject({ kind: 'protocol' });
  });
});

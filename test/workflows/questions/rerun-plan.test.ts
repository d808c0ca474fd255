import { describe, expect, it } from 'vitest';
import type { RunJobInput } from '../../../src/job/input.js';
import { builtInWith, FLOW_OF_TWO, flowOfTwo } from '../../support/flows.js';
import { useJobLab } from '../../support/use-job-lab.js';

const lab = useJobLab({ token: '5555-1-queue', speed: 20, fixture: builtInWith([flowOfTwo]) });

const TASKS = [
  { id: 'orders', status: 'error', component: 'keboola.ex-db-mysql', config: 'user-error' },
  { id: 'report' },
];

/** @returns how its workflow and its job are called. */
async function ended(input: RunJobInput): Promise<{ workflowId: string; jobId: string }> {
  const { handle } = await lab.keboola.start(input, { key: lab.server.unique('flow') });
  const { jobId } = await handle.created();
  await handle.result().catch(() => undefined);
  return { workflowId: handle.workflowId, jobId };
}

describe.concurrent('what is to be run again of a flow', () => {
  it('is told by job id and by workflow id, and can be run', async () => {
    const { workflowId, jobId } = await ended(FLOW_OF_TWO);
    const plan = await lab.keboola.rerunPlan(jobId);
    expect(plan).toMatchObject({ jobId, status: 'error', ...FLOW_OF_TWO, tasks: TASKS });
    expect(plan).not.toHaveProperty('branchId');
    expect(plan.tasks[1]).toEqual({ id: 'report' });
    expect(await lab.keboola.rerunPlan(workflowId)).toEqual(plan);
    const { flowTasks = [] } = plan;
    expect(flowTasks).toEqual(['orders', 'report']);
    const again = await ended({ ...FLOW_OF_TWO, flowTasks });
    expect((await lab.keboola.rerunPlan(again.jobId)).flowTasks).toEqual(['orders']);
    const third = await lab.keboola.rerunPlan((await ended({ ...FLOW_OF_TWO, flowTasks: ['orders'] })).jobId);
    expect(third).toMatchObject({ tasks: [{ id: 'orders', status: 'error' }], flowTasks: ['orders'] });
    expect(third.tasks).toHaveLength(1);
  });

  it('is not said while the flow runs', async () => {
    const { handle } = await lab.keboola.start({ ...FLOW_OF_TWO, delay: '10d' }, { key: lab.server.unique('flow') });
    const plan = await lab.keboola.rerunPlan((await handle.created()).jobId);
    expect(plan.tasks).toHaveLength(2);
    expect(plan).not.toHaveProperty('flowTasks');
    await handle.cancel();
    await handle.result().catch(() => undefined);
  });

  it('is not said of a flow whose tasks cannot be run alone', async () => {
    const { jobId } = await ended({ component: 'keboola.orchestrator', config: 'nightly' });
    const plan = await lab.keboola.rerunPlan(jobId);
    expect(plan.tasks.map(({ id, status }) => [id, status])).toEqual([
      ['11', 'success'],
      ['12', 'error'],
      ['21', 'success'],
    ]);
    expect(plan).not.toHaveProperty('flowTasks');
  });

  it('is refused for what is no flow, and for a job that nobody has', async () => {
    const { jobId } = await ended({ component: 'keboola.ex-http', config: 'success' });
    await expect(lab.keboola.rerunPlan(jobId)).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringContaining(`job ${jobId} is not a flow`) as string,
    });
    // Not a small one, which a workflow of another test may show.
    await expect(lab.keboola.rerunPlan('987654321098765')).rejects.toMatchObject({
      type: 'InvalidInput',
      message: expect.stringContaining('404') as string,
    });
  });
});

// Not beside the others: Keboola answers them otherwise then.
it('what is to be run again is not known below a fence, where Keboola finds nothing there', async () => {
  await lab.sandbox.settings({ queueRerunPlan: 'emptyBelowFence' });
  const { jobId } = await ended({ ...FLOW_OF_TWO, createFence: 'run-id' });
  const plan = await lab.keboola.rerunPlan(jobId);
  expect(plan).toEqual({ jobId, status: 'error', ...FLOW_OF_TWO, tasks: [] });
  const unfenced = await ended({ ...FLOW_OF_TWO, createFence: 'none' });
  expect((await lab.keboola.rerunPlan(unfenced.jobId)).tasks).toHaveLength(2);
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newLifeState, type LifeState } from '../../src/job/life-state.js';
import type { JobResult } from '../../src/job/result.js';
import type { RunPlan } from '../../src/job/run-plan.js';
import { COMPONENT, ON_SYRUP, saysMeanwhile, startElsewhere } from '../support/foreign-jobs.js';
import { openGoesOnLab, type GoesOnLab } from '../support/goes-on-lab.js';
import { settled, type JobLab } from '../support/job-lab.js';
import { resetToStart } from '../support/reset.js';
import { endInKeboola, UNTIL_ENDED } from '../support/until-ended.js';

const FOR_LONG = { durationSeconds: 3_600 };

let runs: GoesOnLab;
let lab: JobLab;

beforeAll(async () => {
  runs = await openGoesOnLab();
  ({ lab } = runs);
  await lab.sandbox.settings({ parallelLimit: 'off', lockRetryDelaySeconds: 1 });
});
afterAll(() => runs.close());

const ours = (config: string, onForeignJob: string, script: object = { durationSeconds: 1 }): object => ({
  component: COMPONENT,
  config,
  onForeignJob,
  configData: { parameters: { sandbox: script } },
});
const elsewhere = (config: string, script: Record<string, unknown>): Promise<string> =>
  startElsewhere(lab, ON_SYRUP, { config, script });

/** A state in which a plan is made and nothing is created yet. */
function waitingState(config: string, policy: 'wait' | 'fail', more: Partial<LifeState>): LifeState {
  const plan: RunPlan = {
    connection: 'default',
    project: { id: '1134', name: 'Tutorial' },
    component: COMPONENT,
    config,
    made: { by: 'run', fence: 'run-id' },
    onWarning: 'accept',
    onTerminated: 'cancel',
    onAmbiguousCreate: 'fail',
    children: 'ignore',
    searchAttributes: false,
    foreignJobs: { policy },
  };
  return { ...newLifeState('another-run', Date.now()), plan, ...more };
}

it('a wait that goes on in a new run still knows the job that it waits for, whatever the index shows', async () => {
  const jobId = await elsewhere('goes-on', UNTIL_ENDED);
  lab.sandbox.faults.add({ route: 'list', emptyList: true, times: 3 });
  const carried = waitingState('goes-on', 'wait', { foreignJobs: { seen: [jobId] } });
  const handle = await runs.goesOn({ workflowType: 'runJob', input: ours('goes-on', 'wait'), carried });
  await saysMeanwhile(handle, `Job ${jobId} of`);
  await endInKeboola(lab.sandbox, jobId);
  const result = (await handle.result()) as JobResult;
  const [first, second] = (await lab.sandbox.jobs()).filter(({ params }) => params['config'] === 'goes-on');
  expect([String(first?.id), String(second?.id)]).toEqual([jobId, result.jobId]);
  expect(Date.parse(second?.createdTime ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.endTime ?? ''));
});

it('what is decided is not decided anew by a run that goes on: the creation may have been sent', async () => {
  await elsewhere('decided', { durationSeconds: 2 });
  const carried = waitingState('decided', 'fail', { foreignJobs: { seen: [], decided: true } });
  const handle = await runs.goesOn({ workflowType: 'runJob', input: ours('decided', 'fail'), carried });
  expect(await handle.result()).toMatchObject({ status: 'success', adopted: false });
});

it('what a run hands on as jobs to wait for is checked like an input', async () => {
  const carried = waitingState('forged', 'fail', { foreignJobs: { seen: ['../../secrets'] } });
  const { error } = await settled(
    await runs.goesOn({ workflowType: 'runJob', input: ours('forged', 'fail'), carried }),
  );
  expect(error?.cause).toMatchObject({
    type: 'InvalidInput',
    message: expect.stringContaining('foreignJobs') as string,
  });
});

it('after a reset the job of the workflow itself comes first: it is adopted, not refused', async () => {
  const handle = await lab.start(ours('reset', 'fail', FOR_LONG));
  const { jobId } = await handle.executeUpdate<{ jobId: string }, []>('waitForCreated');
  await elsewhere('reset', FOR_LONG);
  // Until the index shows both.
  await sleep(2_000);
  const again = await resetToStart(handle);
  expect(await again.executeUpdate('waitForCreated')).toMatchObject({ jobId });
  await again.cancel();
  await expect(again.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  const own = (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId);
  expect(own?.status).toBe('terminated');
});

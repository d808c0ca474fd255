import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowFailedError } from '@temporalio/client';
import { type WorkflowHandle } from '@temporalio/client';
import { CancelledFailure, TerminatedFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { JOB_MEMO, waitForCreatedUpdate, type JobSnapshot } from '../../src/job/messages.js';
import { createClock } from '../../src/sandbox/index.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled } from '../support/job-lab.js';
import { resetToLatest } from '../support/reset.js';
import { endInKeboola, UNTIL_ENDED } from '../support/until-ended.js';
import { useJobLab } from '../support/use-job-lab.js';

const lab = useJobLab();

async function running(
  script: Record<string, unknown> = { durationSeconds: 3_000 },
): Promise<{ handle: WorkflowHandle; jobId: string }> {
  const handle = await lab.start(scripted(script), lab.server.unique('messages'));
  const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
  return { handle, jobId };
}

async function statusOf(jobId: string): Promise<string | undefined> {
  return (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status;
}

describe.concurrent('a workflow that is treated badly', () => {
  it('is cancelled twice, and kills its job once', async () => {
    const { handle, jobId } = await running();
    await Promise.all([handle.cancel(), handle.cancel()]);
    await handle.cancel();
    const { error } = await settled(handle);
    expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect((await handle.describe()).memo?.[JOB_MEMO]).toMatchObject({ jobId, outcome: 'killed-by-us' });
  });

  it('is terminated: no code runs any more, and its job goes on', async () => {
    const { handle, jobId } = await running();
    await handle.terminate('a test');
    const { error } = await settled(handle);
    expect((error as WorkflowFailedError).cause).toBeInstanceOf(TerminatedFailure);
    await sleep(1_000);
    expect(lab.sandbox.counters.killsByJob[jobId]).toBeUndefined();
    expect(['waiting', 'processing']).toContain(await statusOf(jobId));
  });

  it('is reset while it waits, and goes on with the same job', async () => {
    const { handle, jobId } = await running(UNTIL_ENDED);
    await eventually(async () => expect((await handle.query<JobSnapshot>('job')).polls).toBeGreaterThan(1));
    const again = await resetToLatest(handle);
    await endInKeboola(lab.sandbox, jobId);
    const { result } = await settled(again);
    expect(result).toMatchObject({ jobId, status: 'success', adopted: false });
  });

  it('does not believe a nudge that claims the end', async () => {
    const { handle, jobId } = await running(UNTIL_ENDED);
    const forged = { jobId, status: 'error', isFinished: true, result: { message: 'All is lost' } };
    for (let sent = 0; sent < 5; sent++) await handle.signal('nudge', forged);
    const { polls } = await handle.query<JobSnapshot>('job');
    await eventually(async () => expect((await handle.query<JobSnapshot>('job')).polls).toBeGreaterThan(polls));
    await endInKeboola(lab.sandbox, jobId);
    const { result } = await settled(handle);
    expect(result).toMatchObject({ status: 'success', outcome: 'finished' });
  });

  it.each([[[]], [[null]], [['soon']], [[{ runTimeout: {} }]], [[{ runTimeout: -1, patience: 1 }]]])(
    'refuses the update setTimeouts with %j, and goes on',
    async (args) => {
      const { handle, jobId } = await running(UNTIL_ENDED);
      await expect(handle.executeUpdate('setTimeouts', { args: args as [unknown] })).rejects.toMatchObject({
        cause: { type: 'InvalidInput' },
      });
      await endInKeboola(lab.sandbox, jobId);
      const { result } = await settled(handle);
      expect(result).toMatchObject({ status: 'success' });
    },
  );
});

it('is not led astray by a clock of Keboola that jumps by hours', async () => {
  const clock = createClock({ speed: 1 });
  const jumpy = await openJobLab(lab.server, { clock });
  const handle = await jumpy.start({ ...scripted({ durationSeconds: 10_000 }), runTimeout: '1d' });
  await handle.executeUpdate(waitForCreatedUpdate);
  await eventually(async () => expect((await handle.query<JobSnapshot>('job')).job?.status).toBe('processing'));
  clock.advance(2 * 3_600_000);
  await sleep(1_500);
  clock.advance(2 * 3_600_000);
  const { result } = await settled(handle);
  expect(result).toMatchObject({ status: 'success' });
  expect(jumpy.sandbox.counters).toMatchObject({ posts: 1, runs: 1 });
  await jumpy.close();
});

it('does not take a job for one over its time because the clock of Keboola jumps before the first look at the run', async () => {
  const clock = createClock({ speed: 1 });
  const jumpy = await openJobLab(lab.server, { clock });
  const handle = await jumpy.start({ ...scripted({ durationSeconds: 10_000 }), runTimeout: '1h' });
  await handle.executeUpdate(waitForCreatedUpdate);
  await eventually(async () => expect(await jumpy.sandbox.jobs()).toMatchObject([{ status: 'processing' }]));
  clock.advance(2 * 3_600_000);
  await eventually(async () => expect((await handle.query<JobSnapshot>('job')).job?.status).toBe('processing'));
  clock.advance(2 * 3_600_000);
  const { result } = await settled(handle);
  expect(result).toMatchObject({ status: 'success' });
  await jumpy.close();
});

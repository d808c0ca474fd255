import { expect, it } from 'vitest';
import { openJobLab, scripted, settled, type LabOptions } from '../support/job-lab.js';
import { startTimeSkippingServer } from '../support/time-skipping.js';

const PROJECT = '1134';
const WORKFLOWS = 20;
const LIMIT = 3;

/** Twenty jobs at once in a project that runs three; the sandbox admits ours all the same, as Keboola would. */
async function peakOf(
  durationSeconds: number,
  options: LabOptions,
): Promise<{ peak: number; jobs: number; ended: (string | undefined)[] }> {
  const server = await startTimeSkippingServer();
  const lab = await openJobLab(server, { ...options, clock: { now: () => server.now() } });
  try {
    await lab.sandbox.settings({ parallelLimit: LIMIT, workers: 100 });
    const inputs = Array.from({ length: WORKFLOWS }, () => scripted({ durationSeconds }));
    const handles = await Promise.all(inputs.map((input) => lab.start(input)));
    const ends = await Promise.all(handles.map(settled));
    const { runningMaxByProject, jobs } = lab.sandbox.counters;
    return { peak: runningMaxByProject[PROJECT] ?? 0, jobs, ended: ends.map(({ result }) => result?.status) };
  } finally {
    await lab.close();
    await server.stop();
  }
}

it('never runs more jobs than the project allows, and runs all of them', async () => {
  const { peak, jobs, ended } = await peakOf(5, {});
  expect(peak).toBeLessThanOrEqual(LIMIT);
  expect(jobs).toBe(WORKFLOWS);
  expect(new Set(ended)).toEqual(new Set(['success']));
});

it('runs them all at once where the connection says not to respect the limit', async () => {
  const { peak, ended } = await peakOf(60, { respectProjectLimit: false });
  expect(peak).toBe(WORKFLOWS);
  expect(new Set(ended)).toEqual(new Set(['success']));
});

it('creates nothing at all when the project stays full for the whole queueTimeout', async () => {
  const server = await startTimeSkippingServer();
  const lab = await openJobLab(server, { clock: { now: () => server.now() } });
  try {
    await lab.sandbox.settings({ parallelLimit: 1 });
    const holder = await lab.start(scripted({ durationSeconds: 360_000 }));
    await holder.executeUpdate('waitForCreated');
    const { error } = await settled(await lab.start({ ...scripted({ durationSeconds: 1 }), queueTimeout: '10m' }));
    const { cause } = error as Error & { cause: Error };
    expect(cause).toMatchObject({ type: 'JobTimedOut' });
    expect(cause.message).toContain('nothing was charged');
    expect(lab.sandbox.counters.posts).toBe(1);
    await holder.terminate();
  } finally {
    await lab.close();
    await server.stop();
  }
});

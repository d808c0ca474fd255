import { describe, expect, it } from 'vitest';
import { fenceFor } from '../../src/job/create/fence.js';
import { newLifeState } from '../../src/job/life-state.js';
import type { JobResult } from '../../src/job/result.js';
import { authorsBundle } from '../support/authors-bundle.js';
import { livedMs, scripted, settled } from '../support/job-lab.js';
import { QUEUE_TOKEN } from '../support/queue-project.js';
import { useStubbornLab } from '../support/stubborn-lab.js';

const MINUTE_MS = 60_000;
const HOURS = scripted({ durationSeconds: 7_200 });

const worker = { workflowBundle: await authorsBundle() };
const onSyrup = useStubbornLab({ worker });
const onQueue = useStubbornLab({ worker, token: QUEUE_TOKEN });

/** What comes of a run that goes on after a reset of the run before it; Temporal's server that leaps knows no resets. */
async function afterReset(
  seed: string,
  open = onSyrup,
  input: object = HOURS,
): Promise<{ result?: JobResult; error?: Error }> {
  const carried = { ...newLifeState(seed, await open.server.now()), wasReset: true };
  const options = { workflowId: seed, taskQueue: open.lab.taskQueue, args: ['runJob', input, carried] };
  return await settled(await open.server.client.workflow.start('goesOnAs', options));
}

describe('after a reset', () => {
  it('a job from before it that no search shows for minutes is stopped once it appears beside the new one', async () => {
    let late = '';
    onSyrup.onFirst('readJob', async () => {
      late = await onSyrup.makeJob(fenceFor('late', 1), HOURS.configData);
    });
    const { result } = await afterReset('late');
    expect(result).toMatchObject({ status: 'success', adopted: false });
    expect(result?.jobId).not.toBe(late);
    expect(await onSyrup.statusOf(late)).toBe('terminated');
  });

  it('the job of the last creation counts, although that of the first one is found at once', async () => {
    const first = await onSyrup.makeJob(fenceFor('replaced', 1), scripted({ durationSeconds: 1 }).configData);
    const second = await onSyrup.makeJob(fenceFor('replaced', 2), HOURS.configData);
    const { result } = await afterReset('replaced', onSyrup, { ...HOURS, onAmbiguousCreate: 'recreate' });
    expect(result).toMatchObject({ jobId: second, adopted: true, status: 'success' });
    expect(await onSyrup.statusOf(first)).toBe('success');
  });

  it('the job of the first creation is kept where nothing can be learned of later ones', async () => {
    const first = await onSyrup.makeJob(fenceFor('outage', 1), HOURS.configData);
    let isAway = false;
    onSyrup.before((activity, { runId }) => {
      if (isAway || activity !== 'searchJob' || runId === fenceFor('outage', 1)) return;
      isAway = true;
      onSyrup.lab.sandbox.faults.add({ route: 'list', status: 500, times: 'always' });
    });
    const { result } = await afterReset('outage', onSyrup, { ...HOURS, onAmbiguousCreate: 'recreate' });
    expect(result).toMatchObject({ jobId: first, adopted: true, status: 'success' });
  });

  it('a cancel during the search is answered within a quarter of an hour, also by a Keboola that is away', async () => {
    onSyrup.lab.sandbox.faults.add({ route: 'list', status: 500, times: 'always' });
    onSyrup.onFirst('searchJob', async () => {
      await onSyrup.server.client.workflow.getHandle('unanswered').cancel();
    });
    const { error } = await afterReset('unanswered');
    expect((error as Error).cause).toMatchObject({ type: 'CreateAmbiguous' });
    expect(await livedMs(onSyrup.server.client.workflow.getHandle('unanswered'))).toBeLessThan(20 * MINUTE_MS);
  });

  it('the job of a second creation is found, which only the run before has tried', async () => {
    const { posts } = onSyrup.lab.sandbox.counters;
    const second = await onSyrup.makeJob(fenceFor('recreated', 2), HOURS.configData);
    const { result } = await afterReset('recreated', onSyrup, { ...HOURS, onAmbiguousCreate: 'recreate' });
    expect(result).toMatchObject({ jobId: second, adopted: true, status: 'success' });
    expect(onSyrup.lab.sandbox.counters.posts - posts).toBe(1);
  });

  it.each([
    ['Syrup', onSyrup],
    ['Queue v2', onQueue],
  ] as const)('a cancel before anything was asked is one where no job was made, on %s', async (name, open) => {
    const seed = `cancelled on ${name}`;
    const { posts } = open.lab.sandbox.counters;
    open.onFirst('prepareRun', async () => {
      await open.server.client.workflow.getHandle(seed).cancel();
    });
    const { error } = await afterReset(seed, open);
    expect((error as Error).cause).toMatchObject({ name: 'CancelledFailure' });
    expect(open.lab.sandbox.counters.posts).toBe(posts);
  });
});

import { Runtime } from '@temporalio/worker';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { livedMs, scripted, settled } from '../support/job-lab.js';
import { useStubbornLab } from '../support/stubborn-lab.js';

const SLOW = 3_600;
const SHORT = 300;
const MINUTE_MS = 60_000;
const RECREATED = { ...scripted({ durationSeconds: SLOW }), onAmbiguousCreate: 'recreate' };

const open = useStubbornLab();

it('a late job that obeys nobody fails no wait: the job in its place is told as it ended, and the log names it', async () => {
  const logged = vi.spyOn(Runtime.instance().logger, 'log');
  onTestFinished(() => logged.mockRestore());
  open.lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  let late = '';
  open.onFirst('killJob', ({ jobId = '' }) => {
    late = jobId;
    open.neverObeys(late);
  });
  const { result } = await settled(await open.lab.start(RECREATED));
  expect(late).not.toBe('');
  expect(result).toMatchObject({ status: 'success', outcome: 'finished' });
  expect(result?.jobId).not.toBe(late);
  expect(logged.mock.calls).toContainEqual([
    'WARN',
    expect.stringContaining(`Job ${late} was not confirmed to have stopped; it may still be running.`),
    expect.objectContaining({ jobId: late, workflowType: 'runJob' }),
  ]);
});

it('a late job that obeys nobody keeps no other from being stopped, and is named', async () => {
  open.lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  const workflowId = 'stopped-beside-a-late-one';
  let late = '';
  open.onFirst('killJob', async ({ jobId = '' }) => {
    late = jobId;
    open.neverObeys(late);
    await open.server.client.workflow.getHandle(workflowId).cancel();
  });
  const known = (await open.lab.sandbox.jobs()).length;
  const { error } = await settled(await open.lab.start(RECREATED, workflowId));
  const { cause } = error as Error & { cause: Error };
  expect(cause).toMatchObject({ type: 'KillNotConfirmed' });
  expect(cause.message).toContain(`Job ${late} was not confirmed to have stopped`);
  const own = (await open.lab.sandbox.jobs()).slice(known).find(({ id }) => String(id) !== late);
  expect(own?.status).toBe('terminated');
  // It goes on to its own end.
  expect(['processing', 'success']).toContain(await open.statusOf(late));
});

it('a late job that does not stop keeps no other from its runTimeout, and lets no retry start a job beside it', async () => {
  open.lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  let late = '';
  open.onFirst('killJob', ({ jobId = '' }) => {
    late = jobId;
    open.neverObeys(late);
  });
  const known = (await open.lab.sandbox.jobs()).length;
  const { error } = await settled(await open.lab.start({ ...RECREATED, runTimeout: '10m' }));
  const { cause } = error as Error & { cause: Error };
  expect(cause).toMatchObject({ type: 'KillNotConfirmed', nonRetryable: true, details: [{ jobId: late }, {}] });
  expect(cause.message).toMatch(
    new RegExp(`^JobTimedOut: .*exceeded its runTimeout \\(10 min\\).* Job ${late} was not confirmed`),
  );
  const own = (await open.lab.sandbox.jobs()).slice(known).find(({ id }) => String(id) !== late);
  expect(own).toMatchObject({ status: 'terminated' });
  expect(own?.durationSeconds).toBeLessThan(15 * 60);
});

it('a workflow that could not look for late jobs says so, though its own job has ended well', async () => {
  const logged = vi.spyOn(Runtime.instance().logger, 'log');
  onTestFinished(() => logged.mockRestore());
  open.lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  open.onFirst('readJob', () => void open.lab.sandbox.faults.add({ route: 'list', status: 500, times: 'always' }));
  const { result } = await settled(await open.lab.start({ ...RECREATED, children: 'ignore' }));
  expect(result).toMatchObject({ status: 'success', outcome: 'finished' });
  expect(logged.mock.calls).toContainEqual([
    'WARN',
    expect.stringContaining('It is not known whether a job was created late'),
    expect.objectContaining({ workflowType: 'runJob' }),
  ]);
});

it('a stop that is not confirmed fails after 15 minutes in all, and names every job that may still run', async () => {
  open.lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  const workflowId = 'stopped-in-vain';
  const handle = open.server.client.workflow.getHandle(workflowId);
  let late = '';
  let cancelledMs = 0;
  open.onFirst('killJob', async ({ jobId = '' }) => {
    late = jobId;
    open.neverObeys();
    cancelledMs = await open.server.now();
    await handle.cancel();
  });
  const { error } = await settled(await open.lab.start(RECREATED, workflowId));
  const inVain = 'was not confirmed to have stopped';
  const { cause } = error as Error & { cause: Error };
  expect(cause.message).toMatch(new RegExp(`^Job \\d+ ${inVain}.* Job ${late} ${inVain}`));
  const { closeTime } = await handle.describe();
  expect((closeTime?.getTime() ?? Infinity) - cancelledMs).toBeLessThan(20 * MINUTE_MS);
});

it('a second job of the same creation that does not stop makes the workflow neither leave the first one nor wait', async () => {
  open.lab.sandbox.faults.add({ route: 'create', reset: 'before' });
  open.onFirst('searchJob', async ({ runId = '' }) => {
    for (const durationSeconds of [SHORT, SLOW]) await open.makeJob(runId, scripted({ durationSeconds }).configData);
    open.neverObeys();
  });
  const handle = await open.lab.start(scripted({ durationSeconds: SHORT }));
  const { result, error } = await settled(handle);
  expect(error).toBeUndefined();
  expect(result).toMatchObject({ status: 'success', adopted: true });
  expect(await livedMs(handle)).toBeLessThan(2 * SHORT * 1_000);
});

describe('a job that does not obey', () => {
  it('keeps no job below it from being asked to stop', async () => {
    await open.lab.sandbox.settings({ killPropagation: false, workers: 100 });
    const child = { component: 'keboola.ex-http', durationSeconds: 100 * SLOW };
    open.onFirst('killJob', ({ jobId = '' }) => open.neverObeys(jobId));
    const known = (await open.lab.sandbox.jobs()).length;
    const script = scripted({ durationSeconds: 100 * SLOW, children: [child] });
    const { error } = await settled(await open.lab.start({ ...script, children: 'ignore', runTimeout: '10m' }));
    expect((error as Error).cause).toMatchObject({ type: 'KillNotConfirmed' });
    const [, below] = (await open.lab.sandbox.jobs()).slice(known);
    expect(below?.status).toMatch(/^terminat/);
  });

  it('is given no second quarter of an hour by a cancel that comes while it is being stopped', async () => {
    const workflowId = 'cancelled-while-stopping';
    const handle = open.server.client.workflow.getHandle(workflowId);
    // The cancel looks for the job of this creation, too.
    open.lab.sandbox.faults.add({ route: 'create', reset: 'before' });
    open.onFirst('killJob', async () => {
      open.neverObeys();
      await handle.cancel();
    });
    const { error } = await settled(await open.lab.start({ ...RECREATED, runTimeout: '10m' }, workflowId));
    expect((error as Error).cause).toMatchObject({ type: 'KillNotConfirmed' });
    expect(await livedMs(handle)).toBeLessThan(40 * MINUTE_MS);
  });
});

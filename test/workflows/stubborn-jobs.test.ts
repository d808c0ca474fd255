import { activityInfo } from '@temporalio/activity';
import { Runtime } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { post } from '../sandbox/support.js';
import { livedMs, openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';

const SLOW = 3_600;
const SHORT = 300;
const MINUTE_MS = 60_000;

let server: TimeSkippingServer;
let lab: JobLab;
/** What happens directly before an activity, while the clock stands still. */
let before: (activity: string, order: Record<string, string>) => Promise<void>;

beforeAll(async () => {
  server = await startTimeSkippingServer();
  const inbound = {
    async execute(input: { args: unknown[] }, next: (input: never) => Promise<unknown>): Promise<unknown> {
      await before(activityInfo().activityType, input.args[0] as Record<string, string>);
      return await next(input as never);
    },
  };
  lab = await openJobLab(server, {
    clock: { now: () => server.now() },
    worker: { interceptors: { activity: [() => ({ inbound })] } },
  });
  before = () => Promise.resolve();
  // A control job: without any job in the project an empty list would mean nothing.
  await settled(await lab.start(scripted({ durationSeconds: 1 })));
});
afterEach(() => lab.sandbox.faults.clear());
afterAll(async () => {
  await lab.close();
  await server.stop();
});

function onFirst(wanted: string, act: (order: Record<string, string>) => Promise<void> | void): void {
  let isFirst = true;
  before = async (activity, order) => {
    if (activity !== wanted || !isFirst) return;
    isFirst = false;
    await act(order);
  };
}

function neverObeys(jobId?: string): void {
  lab.sandbox.faults.add({ route: 'kill', ...(jobId !== undefined && { jobId }), status: 500, times: 'always' });
}

async function statusOf(jobId: string): Promise<string | undefined> {
  return (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status;
}

const RECREATED = { ...scripted({ durationSeconds: SLOW }), onAmbiguousCreate: 'recreate' };

it('a late job that obeys nobody fails no wait: the job in its place is told as it ended, and the log names it', async () => {
  const logged = vi.spyOn(Runtime.instance().logger, 'log');
  onTestFinished(() => logged.mockRestore());
  lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  let late = '';
  onFirst('killJob', ({ jobId = '' }) => {
    late = jobId;
    neverObeys(late);
  });
  const { result } = await settled(await lab.start(RECREATED));
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
  lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  const workflowId = 'stopped-beside-a-late-one';
  let late = '';
  onFirst('killJob', async ({ jobId = '' }) => {
    late = jobId;
    neverObeys(late);
    await server.client.workflow.getHandle(workflowId).cancel();
  });
  const known = (await lab.sandbox.jobs()).length;
  const { error } = await settled(await lab.start(RECREATED, workflowId));
  const { cause } = error as Error & { cause: Error };
  expect(cause).toMatchObject({ type: 'KillNotConfirmed' });
  expect(cause.message).toContain(`Job ${late} was not confirmed to have stopped`);
  const own = (await lab.sandbox.jobs()).slice(known).find(({ id }) => String(id) !== late);
  expect(own?.status).toBe('terminated');
  // It goes on to its own end.
  expect(['processing', 'success']).toContain(await statusOf(late));
});

it('a late job that does not stop keeps no other from its runTimeout, and lets no retry start a job beside it', async () => {
  lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  let late = '';
  onFirst('killJob', ({ jobId = '' }) => {
    late = jobId;
    neverObeys(late);
  });
  const known = (await lab.sandbox.jobs()).length;
  const { error } = await settled(await lab.start({ ...RECREATED, runTimeout: '10m' }));
  const { cause } = error as Error & { cause: Error };
  expect(cause).toMatchObject({ type: 'KillNotConfirmed', nonRetryable: true });
  expect(cause.message).toMatch(new RegExp(`exceeded its runTimeout \\(10 min\\).* Job ${late} was not confirmed`));
  const own = (await lab.sandbox.jobs()).slice(known).find(({ id }) => String(id) !== late);
  expect(own).toMatchObject({ status: 'terminated' });
  expect(own?.durationSeconds).toBeLessThan(15 * 60);
});

it('a workflow that could not look for late jobs says so, though its own job has ended well', async () => {
  const logged = vi.spyOn(Runtime.instance().logger, 'log');
  onTestFinished(() => logged.mockRestore());
  lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  onFirst('readJob', () => void lab.sandbox.faults.add({ route: 'list', status: 500, times: 'always' }));
  const { result } = await settled(await lab.start({ ...RECREATED, children: 'ignore' }));
  expect(result).toMatchObject({ status: 'success', outcome: 'finished' });
  expect(logged.mock.calls).toContainEqual([
    'WARN',
    expect.stringContaining('It is not known whether a job was created late'),
    expect.objectContaining({ workflowType: 'runJob' }),
  ]);
});

it('a stop that is not confirmed fails after 15 minutes in all, and names every job that may still run', async () => {
  lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  const workflowId = 'stopped-in-vain';
  const handle = server.client.workflow.getHandle(workflowId);
  let late = '';
  let cancelledMs = 0;
  onFirst('killJob', async ({ jobId = '' }) => {
    late = jobId;
    neverObeys();
    cancelledMs = await server.now();
    await handle.cancel();
  });
  const { error } = await settled(await lab.start(RECREATED, workflowId));
  const inVain = 'was not confirmed to have stopped';
  const { cause } = error as Error & { cause: Error };
  expect(cause.message).toMatch(new RegExp(`^Job \\d+ ${inVain}.* Job ${late} ${inVain}`));
  const { closeTime } = await handle.describe();
  expect((closeTime?.getTime() ?? Infinity) - cancelledMs).toBeLessThan(20 * MINUTE_MS);
});

it('a second job of the same creation that does not stop makes the workflow neither leave the first one nor wait', async () => {
  lab.sandbox.faults.add({ route: 'create', reset: 'before' });
  onFirst('searchJob', async ({ runId = '' }) => {
    for (const durationSeconds of [SHORT, SLOW]) await makeJob(runId, scripted({ durationSeconds }).configData);
    neverObeys();
  });
  const handle = await lab.start(scripted({ durationSeconds: SHORT }));
  const { result, error } = await settled(handle);
  expect(error).toBeUndefined();
  expect(result).toMatchObject({ status: 'success', adopted: true });
  expect(await livedMs(handle)).toBeLessThan(2 * SHORT * 1_000);
});

/** As whoever has the fence of a creation would make one. */
async function makeJob(runId: string, configData: object): Promise<void> {
  const headers = { 'x-kbc-runid': runId };
  const { status, text } = await post(lab.sandbox, '/docker/keboola.ex-http/run', { configData }, { headers });
  expect({ status, text }).toMatchObject({ status: 202 });
}

import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import { watchJobs } from '../../../src/activities/watch/watch-jobs.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import type { WatchState } from '../../../src/job/watch/watch-request.js';
import { Connections } from '../../../src/keboola/connections.js';
import { createClock } from '../../../src/sandbox/index.js';
import { eventually } from '../../support/eventually.js';
import { scripted, type JobLab } from '../../support/job-lab.js';
import { QUEUE_TOKEN } from '../../support/queue-project.js';
import { useJobLab } from '../../support/use-job-lab.js';
import { inActivity, nudgesOf, openProject, REQUEST, requestOf, untilRunning } from '../../support/watch-activity.js';

const HOUR_MS = 3_600_000;

type Handle = Awaited<ReturnType<JobLab['start']>>;

const clock = createClock();
const lab = useJobLab({ clock });
const open: Handle[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.terminate().catch(() => undefined);
});

async function running(): Promise<Handle> {
  const job = await lab.start(scripted({ durationSeconds: HOUR_MS / 1_000 }));
  open.push(job);
  await untilRunning(lab, [job]);
  return job;
}

/** A worker that knows this connection. */
function depsOf(connections: Connections): ActivityDeps {
  return { connections, searchAttributesRegistered: () => Promise.resolve(true) };
}

describe('a watch', () => {
  it.each<[string, (cursorMs: number) => WatchState | undefined]>([
    ['goes on from one that was relied on', (cursorMs) => ({ cursorMs, health: {}, isHealthy: true })],
    ['begins anew', () => undefined],
  ])('that %s tells of a job that has ended while there was none', async (_, stateOf) => {
    const job = await running();
    const fault = lab.sandbox.faults.add({ route: 'read', status: 503, times: 'always' });
    const state = stateOf(clock.now());
    clock.advance(HOUR_MS);
    const nowMs = Date.now();
    const { jobs, close } = openProject(lab);
    const watcher = new Watcher(REQUEST, jobs, state, { nowMs, tickMs: 1_000 });
    await eventually(async () => {
      await inActivity(lab, () => watcher.tick([], { nowMs, steadyMs: performance.now(), tickMs: 1_000 }));
      expect(await nudgesOf(lab, job)).toEqual([undefined]);
    });
    lab.sandbox.faults.remove(fault.id);
    await close();
  });

  it('begins anew where what the one before has told is no state', async () => {
    const connections = new Connections([]);
    const heartbeatDetails = { cursorMs: 'soon', health: [] };
    // In a task queue of its own: a job that another test has left may still be shown, and its project cannot be reached.
    const environment = new MockActivityEnvironment(
      { taskQueue: lab.server.unique('begins-anew'), heartbeatDetails },
      { client: lab.temporal },
    );
    const told: unknown[] = [];
    environment.on('heartbeat', (state) => told.push(state));
    const deps = { ...depsOf(connections), isStopping: () => told.length > 0 };
    await expect(environment.run(() => watchJobs(deps, REQUEST))).rejects.toMatchObject({
      message: expect.stringContaining('This worker is stopping') as string,
      category: 'BENIGN',
    });
    expect(told[0]).toEqual({ cursorMs: expect.any(Number) as number, health: {}, isHealthy: false, owes: true });
    await connections.close();
  });

  it.each([
    ['long is as healthy as it was, until it has looked itself', 30_000, true],
    ['short is not where the last look is long ago', 1_000, false],
  ])('that goes on from one whose time between two looks was %s', async (_, tickMs, isHealthy) => {
    const connections = new Connections([]);
    const nowMs = Date.now();
    const health = { provenMs: nowMs, goodLookMs: nowMs - 40_000, canaryMs: nowMs };
    const heartbeatDetails = { cursorMs: nowMs, health, isHealthy: true, tickMs };
    const environment = new MockActivityEnvironment(
      { taskQueue: 'nobody', heartbeatDetails },
      { client: lab.temporal },
    );
    const told: unknown[] = [];
    environment.on('heartbeat', (state) => told.push(state));
    const deps = { ...depsOf(connections), isStopping: () => told.length > 0 };
    await expect(environment.run(() => watchJobs(deps, REQUEST))).rejects.toThrow('This worker is stopping');
    expect(told[0]).toMatchObject({ isHealthy, tickMs });
    await connections.close();
  });

  it.each<[string, () => Connections]>([
    ['does not know its connection', () => new Connections([])],
    [
      'has the token of another project',
      () => new Connections([{ name: 'default', url: lab.sandbox.url, token: () => QUEUE_TOKEN }]),
    ],
  ])('leaves a worker that %s at once, so that another one may take it', async (_, connect) => {
    await running();
    const connections = connect();
    const watch = inActivity(lab, () => watchJobs(depsOf(connections), requestOf(lab)));
    await expect(watch).rejects.toMatchObject({
      type: 'NotOurProject',
      nonRetryable: false,
      message: expect.stringContaining('This worker cannot watch the project; another one may') as string,
    });
    await connections.close();
  });

  it('asks nobody for the project while nothing is in flight in it', async () => {
    const connections = new Connections([]);
    const told: unknown[] = [];
    const environment = new MockActivityEnvironment({ taskQueue: 'nobody' }, { client: lab.temporal });
    environment.on('heartbeat', (state) => told.push(state));
    // It goes on to look for jobs, and fails over none.
    const deps = { ...depsOf(connections), isStopping: () => told.length > 1 };
    await expect(environment.run(() => watchJobs(deps, REQUEST))).rejects.toThrow('This worker is stopping');
    await connections.close();
  });
});

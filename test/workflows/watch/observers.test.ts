import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Canaries } from '../../../src/activities/watch/canaries.js';
import { allInFlight, workflowsOf, youngestInFlight, type InFlight } from '../../../src/activities/watch/in-flight.js';
import { WatchSteps } from '../../../src/activities/watch/watch-steps.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import { fenceFor } from '../../../src/job/create/fence.js';
import { isCreator, relyingAgesMs } from '../../../src/job/watch/relying.js';
import { COUNTED_MAX } from '../../../src/job/watch/tick.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { startShown } from '../../support/shown-workflows.js';
import { inActivity, REQUEST } from '../../support/watch-activity.js';

const HOUR_MS = 3_600_000;
const RELYING = 3;
const OBSERVERS = COUNTED_MAX + 5;

let server: SharedDevServer;
let taskQueue: string;
let relying: WorkflowHandle[];
let observers: WorkflowHandle[];

beforeAll(async () => {
  server = await connectToDevServer();
  taskQueue = server.unique('observers');
  const creators = Array.from({ length: RELYING }, (_, at) => {
    return { jobId: `${at}`, runId: `${fenceFor('run', 1)}.${at}`, status: 'processing' };
  });
  relying = await startShown(server, { taskQueue, workflowType: 'runJob', jobs: creators });
  // They are younger, as those of a flow's tasks are.
  const seen = Array.from({ length: OBSERVERS }, (_, at) => ({ jobId: `${100 + at}` }));
  observers = await startShown(server, { taskQueue, workflowType: 'waitForJob', jobs: [...seen, { jobId: '0' }] });
});
afterAll(async () => {
  await Promise.all([...relying, ...observers].map((one) => one.terminate().catch(() => undefined)));
  await server.close();
});

function here<T>(work: () => Promise<T>): Promise<T> {
  return inActivity({ temporal: server.client, taskQueue }, work);
}

function idsOf(workflows: readonly Pick<InFlight, 'workflowId'>[]): string[] {
  return workflows.map(({ workflowId }) => workflowId).sort();
}

describe('beside more observers of a flow than are counted', () => {
  it('those that rely on the watch are counted, each of them, and no observer', async () => {
    const youngest = await here(() => youngestInFlight(REQUEST, COUNTED_MAX));
    expect(idsOf(youngest)).toEqual(idsOf(relying));
    expect(relyingAgesMs(youngest, Date.now() + HOUR_MS)).toHaveLength(RELYING);
  });

  it('a job that is to be read by its id is one that relies on the watch, also where the oldest are asked for', async () => {
    await here(async () => {
      const youngest = await youngestInFlight(REQUEST, COUNTED_MAX);
      expect(relying.map(({ workflowId }) => workflowId)).toContain(
        (await new Canaries(REQUEST).next(youngest))?.workflowId,
      );
      const young = Array.from({ length: COUNTED_MAX }, (_, at): InFlight => {
        const [workflowId, startMs] = [`w-${at}`, Date.now() + HOUR_MS];
        return { workflowId, workflowType: 'runJob', jobId: `y${at}`, runId: '', status: '', startMs };
      });
      expect(relying.map(({ workflowId }) => workflowId)).toContain(
        (await new Canaries(REQUEST).next(young))?.workflowId,
      );
    });
  });

  it('those who are to be nudged are all, also the observers', async () => {
    await here(async () => {
      const all: InFlight[] = [];
      for await (const one of allInFlight(REQUEST)) all.push(one);
      expect(idsOf(all)).toEqual(idsOf([...relying, ...observers]));
      expect(idsOf(await workflowsOf(REQUEST, ['0']))).toEqual(idsOf([relying[0]!, observers.at(-1)!]));
    });
  });

  it('the workflow that created a job is found although more workflows wait for it than one query lists', async () => {
    const waiters = await startShown(server, {
      taskQueue,
      workflowType: 'waitForJob',
      jobs: Array.from({ length: 12 }, () => ({ jobId: '1' })),
    });
    await here(async () => {
      const found = await workflowsOf(REQUEST, ['1']);
      expect(found.filter(isCreator).map(({ workflowId }) => workflowId)).toEqual([relying[1]?.workflowId]);
      expect(found.length).toBeGreaterThan(1);
    });
    await Promise.all(waiters.map((one) => one.terminate()));
  });

  it('the watch stays while only they are left: each of their reads would start it anew', async () => {
    await Promise.all(relying.map((one) => one.terminate()));
    await here(async () => {
      await eventually(async () => expect(await youngestInFlight(REQUEST, 1)).toEqual([]));
      const watcher = new Watcher(
        REQUEST,
        () => Promise.reject(new Error('Nobody asks Keboola')),
        { cursorMs: 0, health: {}, isHealthy: false, rests: true },
        { nowMs: 0, tickMs: 1_000 },
      );
      const steps = new WatchSteps(watcher, REQUEST, { steadyMs: 0, areSleeping: false });
      for (const steadyMs of [0, HOUR_MS, 2 * HOUR_MS])
        expect(await steps.next({ steadyMs, nowMs: steadyMs, temporalMs: steadyMs })).toBe(true);
    });
  });
});

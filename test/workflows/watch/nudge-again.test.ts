import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, describe, expect, it, onTestFinished, test } from 'vitest';
import { nudge } from '../../../src/activities/watch/nudge.js';
import { NudgeAll } from '../../../src/activities/watch/nudge-all.js';
import { stateBefore } from '../../../src/activities/watch/state-before.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import type { WatchRequest, WatchState } from '../../../src/job/watch/watch-request.js';
import { MAY_HAVE_ENDED, waitForCreatedUpdate } from '../../../src/job/messages.js';
import { fenceFor } from '../../../src/job/create/fence.js';
import { Connections } from '../../../src/keboola/connections.js';
import { killInKeboola } from '../../support/dialects.js';
import { eventually } from '../../support/eventually.js';
import { ON_SYRUP, startElsewhere } from '../../support/foreign-jobs.js';
import { scripted, type JobLab } from '../../support/job-lab.js';
import { untilShown } from '../../support/until-shown.js';
import { useJobLab } from '../../support/use-job-lab.js';
import { nudgesOf, openProject, untilRunning } from '../../support/watch-activity.js';

const REQUEST: WatchRequest = { connection: 'default', stack: 'keboola.example', project: '1134' };
const TOLD_MS = 30_000;
const LONG = { durationSeconds: 3_600 };

type Handle = Awaited<ReturnType<JobLab['start']>>;

const lab = useJobLab();
const open: Handle[] = [];

/** Whoever is to nudge all must not find what a test before has left, so that is not listed any more. */
afterEach(async () => {
  const left = open.splice(0);
  await Promise.all(left.map((job) => job.terminate().catch(() => undefined)));
  if (left.length > 0) await untilShown(lab.temporal, left, 'ExecutionStatus != "Running"');
});

/** A job that lasts, and whose workflow can be found by it. */
async function shownJob(): Promise<Handle> {
  const job = await startLong();
  await untilShown(lab.temporal, [job]);
  return job;
}

async function startLong(): Promise<Handle> {
  const job = await lab.start(scripted(LONG));
  open.push(job);
  return job;
}

/** A job that ends while no read of it is answered, once Temporal's lists show that it runs: however long those lag. */
async function endedUnread(): Promise<Handle> {
  const job = await startLong();
  await untilRunning(lab, [job]);
  const { jobId } = await job.executeUpdate(waitForCreatedUpdate);
  await endUnread(jobId);
  return job;
}

async function endUnread(jobId: string): Promise<void> {
  const { id } = lab.sandbox.faults.add({ route: 'read', status: 503, times: 'always' });
  onTestFinished(() => void lab.sandbox.faults.remove(id));
  expect(await killInKeboola(lab.sandbox, ON_SYRUP, jobId)).toBe(202);
}

async function nudges(job: Handle): Promise<number> {
  const events = await lab.events(job.workflowId);
  return events.filter((event) => event.workflowExecutionSignaledEventAttributes?.signalName === 'nudge').length;
}

/** In an activity whose client does not get so many signals through: a busy server refuses them. */
async function refused(times: number, work: (sentTo: readonly string[]) => Promise<void>): Promise<void> {
  let left = times;
  const sentTo: string[] = [];
  const client = new Client({
    connection: lab.temporal.connection,
    interceptors: {
      workflow: [
        {
          signal: async (input, next) => {
            sentTo.push(input.workflowExecution.workflowId);
            if (left-- > 0) throw new Error('resource exhausted');
            await next(input);
          },
        },
      ],
    },
  });
  await new MockActivityEnvironment({ taskQueue: lab.taskQueue }, { client }).run(() => work(sentTo));
}

/** Looks until somebody is nudged, and then every second of a clock of its own. */
async function watchFor(seconds: number, sentTo: readonly string[]): Promise<void> {
  const connections = new Connections([{ name: 'default', url: lab.sandbox.url, token: () => lab.sandbox.token }]);
  const [startedMs, tickMs] = [Date.now(), 1_000];
  const watcher = new Watcher(REQUEST, () => connections.get('default').jobs(), undefined, {
    nowMs: startedMs,
    tickMs,
  });
  await eventually(async () => {
    await watcher.tick([], { nowMs: startedMs, steadyMs: startedMs, tickMs });
    expect(sentTo.length).toBeGreaterThan(0);
  });
  for (let second = 1; second < seconds; second++) {
    const nowMs = startedMs + second * 1_000;
    await watcher.tick([], { nowMs, steadyMs: nowMs, tickMs });
  }
  await connections.close();
}

test('whoever has not been nudged when the worker stops is left, and told of', async () => {
  const ids = Array.from({ length: 120 }, (_, at) => `${lab.taskQueue}-nobody-${at}`);
  await refused(0, async (sentTo) => {
    const left = await nudge(ids, { paceMs: 1, isStopped: () => sentTo.length >= 50 });
    expect(sentTo).toEqual(ids.slice(0, 50));
    expect(left).toEqual(ids.slice(50));
  });
});

test('all that are to be nudged are none once the watch has ended', async () => {
  const job = await shownJob();
  await refused(0, async (sentTo) => {
    const nudgeAll = new NudgeAll(REQUEST);
    nudgeAll.want(Number.NEGATIVE_INFINITY);
    nudgeAll.stop();
    nudgeAll.ifDue(0);
    const other = new NudgeAll(REQUEST);
    other.want(Number.NEGATIVE_INFINITY);
    other.ifDue(0);
    await eventually(() => expect(sentTo).toContain(job.workflowId));
    expect(sentTo.filter((id) => id === job.workflowId)).toHaveLength(1);
  });
});

test('all are nudged once more where nobody could rely on the watch anew before they were', async () => {
  const job = await shownJob();
  await refused(0, async (sentTo) => {
    const nudgeAll = new NudgeAll(REQUEST);
    const nudged = (): number => sentTo.filter((id) => id === job.workflowId).length;
    nudgeAll.want(0);
    nudgeAll.want(25_000);
    nudgeAll.ifDue(30_000);
    await eventually(() => expect(nudged()).toBe(1));
    await eventually(() => {
      nudgeAll.ifDue(55_000);
      expect(nudged()).toBe(2);
    });
    await eventually(() => expect(nudgeAll.isDone).toBe(true));
    nudgeAll.ifDue(90_000);
    expect(nudgeAll.isDone).toBe(true);
  });
});

test('after a watch whose state cannot be read all are nudged once nobody believes it any more, and not before', async () => {
  const job = await shownJob();
  await refused(0, async (sentTo) => {
    const nowMs = Date.now();
    const { jobs, close } = openProject(lab);
    const watcher = new Watcher(REQUEST, jobs, stateBefore({ cursorMs: 'soon' }, nowMs), { nowMs, tickMs: 1_000 });
    for (const beforeMs of [TOLD_MS, TOLD_MS / 2, 1]) watcher.tellIfUnhealthy(nowMs + TOLD_MS - beforeMs);
    // Time enough for one that was begun too early.
    await sleep(1_000);
    expect(watcher.state).toMatchObject({ isHealthy: false, owes: true });
    expect(sentTo).toEqual([]);
    watcher.tellIfUnhealthy(nowMs + TOLD_MS);
    await eventually(() => expect(sentTo).toContain(job.workflowId));
    await close();
  });
});

test('all that are still to be nudged are so by the watch that goes on, be it healthy', async () => {
  const job = await shownJob();
  await refused(0, async (sentTo) => {
    const nowMs = Date.now();
    const health = { provenMs: nowMs, goodLookMs: nowMs, canaryMs: nowMs };
    const { jobs, close } = openProject(lab);
    const state: WatchState = { cursorMs: nowMs, health, isHealthy: true, owes: true };
    new Watcher(REQUEST, jobs, state, { nowMs, tickMs: 1_000 }).tellIfUnhealthy(nowMs + TOLD_MS);
    await eventually(() => expect(sentTo).toContain(job.workflowId));
    await close();
  });
});

describe('a nudge that the server refuses', () => {
  it('comes again with the next look, since the workflow may sleep for half an hour otherwise', async () => {
    const job = await endedUnread();
    const connections = new Connections([{ name: 'default', url: lab.sandbox.url, token: () => lab.sandbox.token }]);
    await refused(1, async () => {
      const watcher = new Watcher(REQUEST, () => connections.get('default').jobs(), undefined, {
        nowMs: Date.now(),
        tickMs: 1_000,
      });
      await eventually(async () => {
        await watcher.tick([], { nowMs: Date.now(), steadyMs: performance.now(), tickMs: 1_000 });
        expect(await nudges(job)).toBe(1);
      });
    });
    await connections.close();
  });

  it('comes again where everybody is to be nudged, and to those alone who were not reached', async () => {
    const jobs = [await shownJob(), await shownJob()];
    await refused(1, async () => {
      const nudgeAll = new NudgeAll(REQUEST);
      nudgeAll.want(Number.NEGATIVE_INFINITY);
      nudgeAll.ifDue(0);
      const counts = async (): Promise<number[]> => (await Promise.all(jobs.map(nudges))).sort();
      await eventually(async () => expect(await counts()).toEqual([0, 1]));
      await eventually(async () => {
        nudgeAll.ifDue(TOLD_MS);
        expect(await counts()).toEqual([1, 1]);
      });
      // It says nothing of the jobs, so that their workflows may rely on a watcher later on.
      expect(await Promise.all(jobs.map((job) => nudgesOf(lab, job)))).toEqual([[MAY_HAVE_ENDED], [MAY_HAVE_ENDED]]);
    });
  });

  it('comes ever less often while it is refused', async () => {
    const job = await endedUnread();
    await refused(Infinity, async (sentTo) => {
      await watchFor(40, sentTo);
      expect(sentTo).toEqual(Array.from({ length: 6 }, () => job.workflowId));
    });
  });

  it('does not come again to one that was reached and has not created the job, whoever else is still looked for', async () => {
    const jobId = await startElsewhere(lab, ON_SYRUP, { script: LONG, runId: fenceFor('elsewhere', 1) });
    const attached = await lab.start({ jobId }, undefined, 'waitForJob');
    open.push(attached);
    await untilRunning(lab, [attached]);
    await endUnread(jobId);
    await refused(0, async (sentTo) => {
      await watchFor(40, sentTo);
      expect(sentTo).toEqual([attached.workflowId]);
    });
  });
});

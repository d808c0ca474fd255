import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WatchSteps } from '../../../src/activities/watch/watch-steps.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import { MAY_HAVE_ENDED } from '../../../src/job/messages.js';
import type { WatchState } from '../../../src/job/watch/watch-request.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, scripted, type JobLab } from '../../support/job-lab.js';
import { inActivity, nudgesOf, openProject, REQUEST, stopWorker, untilRunning } from '../../support/watch-activity.js';

const MINUTE_MS = 60_000;
const WATCH_MINUTES = 20;
/** By then a job is read once a minute, where nobody watches it. */
const AGE_MS = 120 * MINUTE_MS;
const SEVERAL = 6;

type Handle = Awaited<ReturnType<JobLab['start']>>;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

interface Watched {
  lists: number;
  reads: number;
  /** What the nudges of each job carry. */
  nudges: unknown[][];
}

/** A watch of jobs that are hours old, by clocks of its own, which goes on from another one. */
async function watched(jobs: number, before: { isHealthy: boolean }): Promise<Watched> {
  const lab = await openJobLab(server);
  const handles = await startLong(lab, jobs);
  await stopWorker(lab);
  const { list, read } = structuredClone(lab.sandbox.counters.requests);
  await inActivity(lab, () => watch(lab, before));
  const after = lab.sandbox.counters.requests;
  const asked = { lists: after.list - list, reads: after.read - read };
  const nudges = await Promise.all(handles.map((handle) => nudgesOf(lab, handle)));
  await Promise.all(handles.map((handle) => handle.terminate()));
  await lab.close();
  return { ...asked, nudges };
}

async function startLong(lab: JobLab, jobs: number): Promise<Handle[]> {
  const handles = await Promise.all(
    Array.from({ length: jobs }, () => lab.start(scripted({ durationSeconds: 86_400 }))),
  );
  await untilRunning(lab, handles);
  return handles;
}

async function watch(lab: JobLab, { isHealthy }: { isHealthy: boolean }): Promise<void> {
  const startMs = Date.now();
  const health = { provenMs: startMs, goodLookMs: startMs, canaryMs: startMs };
  const state: WatchState = isHealthy
    ? { cursorMs: startMs, health, isHealthy }
    : { cursorMs: startMs, health: {}, isHealthy, rests: true };
  const { jobs, close } = openProject(lab);
  const watcher = new Watcher(REQUEST, jobs, state, { nowMs: startMs, tickMs: 1_000 });
  const steps = new WatchSteps(watcher, REQUEST, { steadyMs: 0, areSleeping: isHealthy });
  for (let steadyMs = 0; steadyMs < WATCH_MINUTES * MINUTE_MS; steadyMs += 1_000) {
    await steps.next({ steadyMs, nowMs: startMs + steadyMs, temporalMs: startMs + AGE_MS + steadyMs });
  }
  // Nudges are sent beside the looks.
  if (!watcher.isProven) await eventually(() => expect(watcher.state.rests).toBe(true));
  await close();
}

describe.concurrent('a watch of jobs that last', () => {
  it('asks Keboola for nothing while there is one alone: it is read all the same', async () => {
    expect(await watched(1, { isHealthy: false })).toEqual({ lists: 0, reads: 0, nudges: [[]] });
  });

  it('asks no more often than they would be read one by one, and reads one of them a minute', async () => {
    const { lists, reads, nudges } = await watched(SEVERAL, { isHealthy: true });
    expect(lists).toBeGreaterThan(0.9 * SEVERAL * WATCH_MINUTES);
    expect(lists).toBeLessThanOrEqual(SEVERAL * WATCH_MINUTES);
    expect(reads).toBeLessThanOrEqual(WATCH_MINUTES);
    expect(nudges.flat()).toEqual([]);
  });

  it('asks for a minute more once too few are left, and then tells those to look by themselves', async () => {
    const { lists, reads, nudges } = await watched(1, { isHealthy: true });
    expect(lists).toBeLessThanOrEqual(2);
    expect(reads).toBeLessThanOrEqual(1);
    expect(nudges).toEqual([[MAY_HAVE_ENDED]]);
  });
});

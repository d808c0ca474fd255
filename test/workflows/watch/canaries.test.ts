import { expect, it } from 'vitest';
import { Canaries } from '../../../src/activities/watch/canaries.js';
import { youngestInFlight, type InFlight } from '../../../src/activities/watch/in-flight.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import { COUNTED_MAX } from '../../../src/job/watch/tick.js';
import type { WatchState } from '../../../src/job/watch/watch-request.js';
import { createClock } from '../../../src/sandbox/index.js';
import { openActivityLab } from '../../support/activity-lab.js';
import { connectToDevServer } from '../../support/dev-server.js';
import { openJobLab, scripted } from '../../support/job-lab.js';
import { inActivity, nudgesOf, openProject, REQUEST, stopWorker, untilRunning } from '../../support/watch-activity.js';

const HOUR_MS = 3_600_000;
const LOOKS = 5;
const MINUTE_MS = 60_000;
const JOBS = 12;

it('a job that has ended long ago and whose workflow is held up says nothing against the list, and is nudged', async () => {
  const server = await connectToDevServer();
  const clock = createClock();
  const lab = await openJobLab(server, { clock });
  const heldUp = await lab.start(scripted({ durationSeconds: 600 }));
  const other = await lab.start(scripted({ durationSeconds: 86_400 }));
  await untilRunning(lab, [heldUp, other]);
  await stopWorker(lab);
  clock.advance(HOUR_MS);
  const nowMs = Date.now();
  const health = { provenMs: clock.now(), goodLookMs: nowMs };
  const state: WatchState = { cursorMs: clock.now(), health, isHealthy: true };
  const { jobs, close } = openProject(lab);
  const watcher = new Watcher(REQUEST, jobs, state, { nowMs, tickMs: 1_000 });
  await inActivity(lab, async () => {
    const inFlight = await youngestInFlight(REQUEST, COUNTED_MAX);
    for (let look = 1; look <= LOOKS; look++)
      await watcher.tick(inFlight, { nowMs: nowMs + look * 1_000, steadyMs: look * 1_000, tickMs: 1_000 });
  });
  expect(watcher.isProven).toBe(true);
  expect(await nudgesOf(lab, heldUp)).toEqual([undefined]);
  expect(await nudgesOf(lab, other)).toEqual([]);
  await Promise.all([heldUp.terminate(), other.terminate(), close()]);
  await lab.close();
  await server.close();
});

it('of more jobs than are counted the oldest ones are read, too', async () => {
  const server = await connectToDevServer();
  const lab = await openJobLab(server);
  const old = await lab.start(scripted({ durationSeconds: 86_400 }));
  await untilRunning(lab, [old]);
  const laterMs = Date.now() + HOUR_MS;
  const young = Array.from({ length: COUNTED_MAX }, (_, at): InFlight => {
    return { workflowId: `w-${at}`, workflowType: 'runJob', jobId: `${at}`, runId: '', status: '', startMs: laterMs };
  });
  await inActivity(lab, async () => {
    const canaries = new Canaries(REQUEST);
    expect((await canaries.next(young))?.workflowId).toBe(old.workflowId);
    // All that are in flight are known, and it is none of them.
    expect((await canaries.next(young.slice(1)))?.workflowId).toBe('w-1');
  });
  await old.terminate();
  await lab.close();
  await server.close();
});

it('an end that the list leaves out is noticed, however long ago it was when its job is read by its id', async () => {
  const server = await connectToDevServer();
  const lab = await openActivityLab();
  const jobIds: string[] = [];
  for (let at = 1; at < JOBS; at++) jobIds.push((await lab.create('')).jobId);
  jobIds.push((await lab.create('', { durationSeconds: 1, searchLagSeconds: 86_400 })).jobId);
  // The one that has been there for the longest time is read first.
  const inFlight = jobIds.map((jobId, at): InFlight => {
    return { workflowId: `nobody-${jobId}`, workflowType: 'runJob', jobId, runId: '', status: '', startMs: at };
  });
  const health = { provenMs: 0, goodLookMs: 0, canaryMs: 0 };
  const state: WatchState = { cursorMs: lab.sandbox.clock.now(), health, isHealthy: true };
  const { jobs, close } = openProject(lab);
  const watcher = new Watcher(REQUEST, jobs, state, { nowMs: 0, tickMs: MINUTE_MS });
  await inActivity({ temporal: server.client, taskQueue: 'nobody' }, async () => {
    const tick = async (minute: number): Promise<void> => {
      lab.sandbox.clock.advance(MINUTE_MS);
      const nowMs = minute * MINUTE_MS;
      await watcher.tick(inFlight, { nowMs, steadyMs: nowMs, tickMs: MINUTE_MS });
    };
    for (let minute = 1; minute <= JOBS; minute++) await tick(minute);
    expect(watcher.isProven).toBe(true);
    await tick(JOBS + 1);
    expect(watcher.isProven).toBe(false);
  });
  await Promise.all([close(), server.close()]);
});

import { expect, test } from 'vitest';
import type { InFlight } from '../../../src/activities/watch/in-flight.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import type { WatchRequest, WatchState } from '../../../src/job/watch/watch-request.js';
import { openActivityLab } from '../../support/activity-lab.js';

const REQUEST: WatchRequest = { connection: 'default', stack: 'keboola.example', project: '1134' };
const JOBS = 12;
const MINUTE_MS = 60_000;
/** Its list has shown an end of ours, and is well. */
const PROVEN: WatchState = { cursorMs: 0, health: { provenMs: 0, goodLookMs: 0, canaryMs: 0 }, isHealthy: true };

/** Those jobs as Temporal's list shows them: the one that has been there for the longest time is read first. */
function shownAs(jobIds: readonly string[]): InFlight[] {
  return jobIds.map((jobId, at) => ({
    workflowId: jobId,
    workflowType: 'runJob',
    jobId,
    runId: '',
    status: 'processing',
    startMs: at,
  }));
}

test('the jobs that a watcher reads by their ids take turns, so that an end which no list shows is found', async () => {
  const lab = await openActivityLab();
  const jobIds: string[] = [];
  for (let at = 0; at < JOBS; at++) jobIds.push((await lab.create('')).jobId);
  const inFlight = shownAs(jobIds);
  await lab.run(async ({ connections }) => {
    const jobs = (): ReturnType<ReturnType<typeof connections.get>['jobs']> => connections.get('default').jobs();
    const watcher = new Watcher(REQUEST, jobs, PROVEN, {
      nowMs: 0,
      tickMs: MINUTE_MS,
    });
    for (let minute = 1; minute <= JOBS; minute++) {
      const nowMs = minute * MINUTE_MS;
      await watcher.tick(inFlight, { nowMs, steadyMs: nowMs, tickMs: MINUTE_MS });
    }
  }, undefined);
  expect(lab.sandbox.counters.readsByJob).toEqual(Object.fromEntries(jobIds.map((jobId) => [jobId, 1])));
});

test('that everybody is still to be nudged is handed on, also by one that is healthy again', async () => {
  const lab = await openActivityLab();
  await lab.run(({ connections }) => {
    const nowMs = Date.now();
    const state: WatchState = { ...PROVEN, health: { provenMs: 0, goodLookMs: nowMs, canaryMs: nowMs } };
    const jobs = (): ReturnType<ReturnType<typeof connections.get>['jobs']> => connections.get('default').jobs();
    const watcher = new Watcher(REQUEST, jobs, state, { nowMs, tickMs: MINUTE_MS });
    expect(watcher.state.owes).toBeUndefined();
    for (const atMs of [nowMs + 60 * MINUTE_MS, nowMs]) watcher.tellIfUnhealthy(atMs);
    expect(watcher.state).toMatchObject({ isHealthy: true, owes: true });
    const next = new Watcher(REQUEST, jobs, watcher.state, { nowMs, tickMs: MINUTE_MS });
    expect(next.state).toMatchObject({ isHealthy: true, owes: true });
    return Promise.resolve();
  }, undefined);
});

test('jobs of another stack whose project has the same id are read once, and are no reason to rely on the list no more', async () => {
  const lab = await openActivityLab();
  const foreign = Array.from({ length: 58 }, (_, at) => `77${at}`);
  const own = (await lab.create('')).jobId;
  await lab.run(async ({ connections }) => {
    const jobs = (): ReturnType<ReturnType<typeof connections.get>['jobs']> => connections.get('default').jobs();
    const state = { ...PROVEN, cursorMs: lab.sandbox.clock.now() };
    const watcher = new Watcher(REQUEST, jobs, state, { nowMs: 0, tickMs: 1_000 });
    const inFlight = shownAs([...foreign, own]);
    for (let nowMs = 1_000; nowMs <= 10 * MINUTE_MS; nowMs += 1_000) {
      await watcher.tick(inFlight, { nowMs, steadyMs: nowMs, tickMs: 1_000 });
      watcher.tellIfUnhealthy(nowMs);
      expect(watcher.state.owes).toBeUndefined();
    }
  }, undefined);
  const { readsByJob, requests } = lab.sandbox.counters;
  expect(readsByJob[own]).toBeGreaterThanOrEqual(6);
  expect(requests.read).toBeLessThan(80);
});

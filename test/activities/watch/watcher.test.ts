import { expect, test } from 'vitest';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import type { WatchState } from '../../../src/job/watch/watch-request.js';
import { openActivityLab } from '../../support/activity-lab.js';

const JOBS = 12;
const MINUTE_MS = 60_000;
/** Its list has shown an end of ours, and is well. */
const PROVEN: WatchState = { cursorMs: 0, health: { provenMs: 0, goodLookMs: 0, canaryMs: 0 }, isHealthy: true };

test('the jobs that a watcher reads by their ids take turns, so that an end which no list shows is found', async () => {
  const lab = await openActivityLab();
  const jobIds: string[] = [];
  for (let at = 0; at < JOBS; at++) jobIds.push((await lab.create('')).jobId);
  const inFlight = jobIds.map((jobId, at) => ({
    ...{ workflowId: jobId, workflowType: 'runJob', jobId, runId: '', status: 'processing' },
    startMs: at,
  }));
  await lab.run(async ({ connections }) => {
    const jobs = (): ReturnType<ReturnType<typeof connections.get>['jobs']> => connections.get('default').jobs();
    const watcher = new Watcher({ connection: 'default', project: '1134' }, jobs, PROVEN, {
      nowMs: 0,
      tickMs: MINUTE_MS,
    });
    for (let minute = 1; minute <= JOBS; minute++) {
      await watcher.tick(inFlight, { nowMs: minute * MINUTE_MS, tickMs: MINUTE_MS });
    }
  }, undefined);
  expect(lab.sandbox.counters.readsByJob).toEqual(Object.fromEntries(jobIds.map((jobId) => [jobId, 1])));
});

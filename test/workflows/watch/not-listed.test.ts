import { status } from '@grpc/grpc-js';
import { expect, it } from 'vitest';
import { describeWatcher } from '../../../src/activities/watch/describe-watcher.js';
import { canBeMapped } from '../../../src/activities/watch/in-flight.js';
import { Watcher } from '../../../src/activities/watch/watcher.js';
import type { JobSnapshot } from '../../../src/job/messages.js';
import { endedSince } from '../../../src/keboola/jobs/ended-jobs.js';
import { createClock } from '../../../src/sandbox/index.js';
import { eventually } from '../../support/eventually.js';
import { ON_SYRUP, startElsewhere } from '../../support/foreign-jobs.js';
import { openJobLab, scripted, settled } from '../../support/job-lab.js';
import { startTimeSkippingServer } from '../../support/time-skipping.js';
import { openListingClient } from '../../support/lists-of-temporal.js';
import { useJobLab } from '../../support/use-job-lab.js';
import { inActivity, openProject, REQUEST } from '../../support/watch-activity.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const lab = useJobLab();

it('on a server that does not list workflows nothing is watched, and jobs are read one by one', async () => {
  const server = await startTimeSkippingServer();
  const clock = createClock();
  const plain = await openJobLab(server, { watch: true, clock });
  const job = await plain.start(scripted({ durationSeconds: HOUR_MS / 1_000 }));
  await eventually(async () => expect((await job.query<JobSnapshot>('job')).polls).toBeGreaterThan(3));
  clock.advance(HOUR_MS);
  expect(await settled(job)).toMatchObject({ result: { status: 'success' } });
  expect(await canBeMapped(server.client, plain.taskQueue, REQUEST)).toBe(false);
  const { connections } = await plain.keboola.describeWorker({});
  expect(connections).toMatchObject([
    { watch: 'not watched: Temporal does not list workflows by our search attributes' },
  ]);
  expect(await describeWatcher(server.client, plain.taskQueue, REQUEST)).toMatchObject({
    isOpen: false,
    isDone: false,
  });
  await plain.close();
  await server.stop();
});

it.each([
  ['has no such lists', status.UNIMPLEMENTED],
  ['lets nobody see them', status.PERMISSION_DENIED],
])('a server that %s cannot map a job to its workflow', async (_, code) => {
  const { client } = await openListingClient(lab.server.address, code);
  expect(await canBeMapped(client, lab.taskQueue, REQUEST)).toBe(false);
});

it('a server that is busy is asked again later', async () => {
  const { client } = await openListingClient(lab.server.address, status.INTERNAL);
  await expect(canBeMapped(client, lab.taskQueue, REQUEST)).rejects.toThrow();
});

it('for the ends of jobs of others no workflow is asked for', async () => {
  const { client, lists } = await openListingClient(lab.server.address);
  const jobId = await startElsewhere(lab, ON_SYRUP, { script: { durationSeconds: 1 } });
  const { jobs, close } = openProject(lab);
  const nowMs = Date.now();
  await eventually(async () => {
    const ended = await endedSince(await jobs(), nowMs - MINUTE_MS);
    expect(ended.jobs.map((job) => job.jobId)).toContain(jobId);
  });
  const watcher = new Watcher(REQUEST, jobs, undefined, { nowMs, tickMs: 1_000 });
  const moment = { nowMs, steadyMs: 0, tickMs: 1_000 };
  await inActivity({ temporal: client, taskQueue: lab.taskQueue }, () => watcher.tick([], moment));
  expect(lab.sandbox.counters.requests.list).toBeGreaterThan(1);
  expect(lists()).toBe(0);
  await close();
});

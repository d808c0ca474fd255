import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { livedMs, openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';

const MINUTE_MS = 60_000;

let server: TimeSkippingServer;
let lab: JobLab;

beforeAll(async () => {
  server = await startTimeSkippingServer();
  lab = await openJobLab(server, { clock: { now: () => server.now() } });
  // Jobs keep theirs while they wait for those below them.
  await lab.sandbox.settings({ workers: 1_000 });
  // A control job: without any job in the project an empty list would mean nothing.
  await settled(await lab.start(scripted({ durationSeconds: 1 })));
});
afterEach(() => lab.sandbox.faults.clear());
afterAll(async () => {
  await lab.close();
  await server.stop();
});

interface Told {
  status: string | undefined;
  failure: { type?: string; message?: string };
  posts: number;
  jobs: number;
  minutes: number;
}

async function told(input: unknown): Promise<Told & { statuses: string[] }> {
  const before = lab.sandbox.counters;
  const known = (await lab.sandbox.jobs()).length;
  const handle = await lab.start(input);
  const { result, error } = await settled(handle);
  const after = lab.sandbox.counters;
  return {
    status: result?.status,
    failure: (error as { cause?: Told['failure'] } | undefined)?.cause ?? {},
    posts: after.posts - before.posts,
    jobs: after.jobs - before.jobs,
    minutes: (await livedMs(handle)) / MINUTE_MS,
    statuses: (await lab.sandbox.jobs()).slice(known).map(({ status }) => status),
  };
}

it('creates another job after five minutes in which the first was not to be found, where the author allows it', async () => {
  lab.sandbox.faults.add({ route: 'create', reset: 'before' });
  const end = await told({ ...scripted({ durationSeconds: 1 }), onAmbiguousCreate: 'recreate' });
  expect(end).toMatchObject({ status: 'success', posts: 2, jobs: 1 });
  expect(end.minutes).toBeGreaterThan(4.9);
  expect(end.minutes).toBeLessThan(8);
});

it('stops the first job when it comes late, beside the one that runs in its place', async () => {
  lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
  const end = await told({ ...scripted({ durationSeconds: 3_600 }), onAmbiguousCreate: 'recreate' });
  expect(end).toMatchObject({ status: 'success', posts: 2, jobs: 2 });
  expect(end.statuses.toSorted()).toEqual(['success', 'terminated']);
});

it('finds a lost job below which more others lie than a page of the list shows, and makes no second one', async () => {
  lab.sandbox.faults.add({ route: 'create', reset: 'after' });
  lab.sandbox.faults.add({ route: 'list', times: 9, emptyList: true });
  const child = { component: 'keboola.ex-http', durationSeconds: 1 };
  const children = Array.from({ length: 60 }, () => ({ ...child, children: [child] }));
  const job = { ...scripted({ durationSeconds: 1, children }), children: 'ignore' };
  const end = await told({ ...job, onAmbiguousCreate: 'recreate' });
  expect(end).toMatchObject({ status: 'success', posts: 1, jobs: 1 });
});

it('makes no second job beside one of which only the jobs below it are shown, and says so', async () => {
  lab.sandbox.faults.add({ route: 'create', reset: 'after' });
  const child = { component: 'keboola.ex-http', durationSeconds: 1 };
  const script = { durationSeconds: 20_000, searchLagSeconds: 1_000_000, children: [child] };
  const end = await told({ ...scripted(script), children: 'ignore', onAmbiguousCreate: 'recreate' });
  expect(end).toMatchObject({ posts: 1, failure: { type: 'CreateAmbiguous' } });
  expect(end.failure.message).toContain('Keboola created a job, which may be running');
});

it('stops a job that was written and never queued, and says so', async () => {
  lab.sandbox.faults.add({ route: 'create', neverQueued: true });
  const end = await told(scripted({ durationSeconds: 1 }));
  expect(end.failure).toMatchObject({ type: 'CreateAmbiguous' });
  expect(end.failure.message).toContain('Keboola did not start it');
  expect(end).toMatchObject({ posts: 1, jobs: 1, statuses: ['cancelled'] });
  expect(end.minutes).toBeGreaterThan(14.9);
});

it('creates another one in its place where the author allows it', async () => {
  lab.sandbox.faults.add({ route: 'create', neverQueued: true });
  const end = await told({ ...scripted({ durationSeconds: 1 }), onAmbiguousCreate: 'recreate' });
  expect(end).toMatchObject({ status: 'success', posts: 2, jobs: 2 });
  expect(end.statuses.toSorted()).toEqual(['cancelled', 'success']);
});

it('does not take a job for such a one that waits for a lock, however long', async () => {
  const component = 'keboola.ex-http';
  const holder = await lab.start({ component, config: 'slow' });
  await holder.executeUpdate('waitForCreated');
  lab.sandbox.faults.add({ route: 'create', reset: 'after' });
  const end = await told({ component, config: 'slow' });
  expect(end).toMatchObject({ status: 'success', posts: 1, jobs: 1 });
  expect(end.minutes).toBeGreaterThan(60);
  await settled(holder);
});

it('does not take a job for such a one because its lock was not shown for a moment', async () => {
  const component = 'keboola.ex-http';
  const holder = await lab.start({ component, config: 'slow' });
  await holder.executeUpdate('waitForCreated');
  lab.sandbox.faults.add({ route: 'create', reset: 'after' });
  lab.sandbox.faults.add({ route: 'list', call: 40, emptyList: true });
  expect(await told({ component, config: 'slow' })).toMatchObject({ status: 'success', posts: 1, jobs: 1 });
  await settled(holder);
});

it('asks twice more after a 400 that may be a passing failure of Storage', async () => {
  lab.sandbox.faults.add({ route: 'create', ticketsFail: true, times: 2 });
  expect(await told(scripted({ durationSeconds: 1 }))).toMatchObject({ status: 'success', posts: 3, jobs: 1 });
});

it('believes it the third time', async () => {
  lab.sandbox.faults.add({ route: 'create', ticketsFail: true, times: 10 });
  const end = await told(scripted({ durationSeconds: 1 }));
  expect(end).toMatchObject({ posts: 3, jobs: 0, failure: { type: 'CreateRefused' } });
});

it('believes a refusal at once that Keboola means', async () => {
  lab.sandbox.faults.add({
    route: 'create',
    status: 400,
    json: { message: 'As a readOnly user you cannot run a job.' },
  });
  expect(await told(scripted({}))).toMatchObject({ posts: 1, jobs: 0, failure: { type: 'CreateRefused' } });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunRequest, SearchRequest } from '../../../src/job/create/creation.js';
import type { JobApi } from '../../../src/keboola/jobs/job-api.js';
import { createClock, startSandbox, type ControlledClock, type Sandbox } from '../../../src/sandbox/index.js';
import { connect } from '../../support/fake-stack.js';

const RUN_ID = '900000000000001';
const RUN: RunRequest = { connection: 'default', runId: RUN_ID, component: 'keboola.ex-http', config: 'success' };
const ROWS = { component: 'keboola.ex-db-mysql', config: 'rows' };
const FLOW = { component: 'keboola.orchestrator', config: 'nightly' };
const TOKEN = '5555-1-queue';
const LAG_SECONDS = 10;

let sandbox: Sandbox<ControlledClock>;
let jobs: JobApi;

beforeAll(async () => {
  const clock = createClock({});
  clock.pause();
  sandbox = await startSandbox({ clock });
});
beforeEach(async () => {
  sandbox.reset();
  jobs = await connect(sandbox.url, TOKEN).jobs();
});
afterAll(() => sandbox.close());

async function create(what: Partial<RunRequest> = {}): Promise<string> {
  return (await (await jobs.prepareCreate({ ...RUN, ...what })).send()).jobId;
}

/** A search for a creation that has just been sent. */
function sentNow(): SearchRequest {
  const { connection, runId, component } = RUN;
  return { connection, runId, component, sentSinceMs: sandbox.clock.now() };
}

async function statusOf(jobId: string): Promise<string> {
  return (await jobs.get(jobId)).view.status;
}

describe('a job', () => {
  test('runs from creation to success, below the run id that was sent', async () => {
    const jobId = await create();
    expect((await jobs.get(jobId)).view).toMatchObject({
      jobId,
      runId: `${RUN_ID}.${jobId}`,
      component: 'keboola.ex-http',
      config: 'success',
    });
    sandbox.clock.advance(120_000);
    const { view, serverTime } = await jobs.get(jobId);
    expect(view).toMatchObject({ status: 'success', isFinished: true, details: { type: 'standard' } });
    expect(Date.parse(serverTime ?? '')).toBeCloseTo(sandbox.clock.now(), -4);
  });

  test('that fails tells who is to blame', async () => {
    const jobId = await create({ component: 'keboola.ex-db-mysql', config: 'user-error' });
    sandbox.clock.advance(120_000);
    expect((await jobs.get(jobId)).view).toMatchObject({ status: 'error', error: 'user' });
  });

  test('is stopped before and while it runs', async () => {
    const early = await create({ delay: '10m' });
    await jobs.kill(early);
    sandbox.clock.advance(60_000);
    expect(await statusOf(early)).toBe('cancelled');
    const running = await create({ config: 'slow' });
    sandbox.clock.advance(20_000);
    expect(await statusOf(running)).toBe('processing');
    await jobs.kill(running);
    sandbox.clock.advance(60_000);
    expect(await statusOf(running)).toBe('terminated');
  });

  test('that nobody has is not found', async () => {
    await expect(jobs.get('1')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('has events by its id', async () => {
    const jobId = await create();
    sandbox.clock.advance(120_000);
    const events = await jobs.events((await jobs.get(jobId)).view, 10);
    expect(events?.length).toBeGreaterThan(0);
  });

  test('has its page in the queue', () => {
    expect(jobs.jobsPage('5555')).toBe(`${new URL(sandbox.url).origin}/admin/projects/5555/queue`);
  });
});

describe('what is refused', () => {
  test.each([
    ['a configuration that is none', { config: 'nowhere' }],
    ['a component that is none', { component: 'keboola.nothing' }],
  ])('for good: %s', async (_, what) => {
    const prepared = await jobs.prepareCreate({ ...RUN, ...what });
    const error: unknown = await prepared.send().catch((reason: unknown) => reason);
    expect(prepared.outcomeOf(error)).toMatchObject({ kind: 'refused', type: 'CreateRefused' });
  });

  test('a token that may only read creates nothing', async () => {
    const prepared = await (await connect(sandbox.url, '5555-2-readonly').jobs()).prepareCreate(RUN);
    const error: unknown = await prepared.send().catch((reason: unknown) => reason);
    expect(prepared.outcomeOf(error)).toMatchObject({ kind: 'refused' });
  });

  test('fields of native applications', async () => {
    expect(await jobs.problemsOf({ component: 'ex-db', params: {} })).toMatchObject([{ path: 'params' }]);
  });
});

describe('a creation whose answer was lost', () => {
  test('is found by the primary store at once, and by the index later', async () => {
    const jobId = await create();
    const request = sentNow();
    expect((await jobs.findCreated(request)).hits.map((view) => view.jobId)).toEqual([jobId]);
    sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect((await jobs.findCreated(request)).hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test('that made nothing is unproved until the index shows a job that was made later', async () => {
    const sent = sentNow();
    expect(await jobs.findCreated(sent)).toEqual({ hits: [], trustworthy: true, absence: 'unproved' });
    await create({ runId: '900000000000002' });
    sandbox.clock.advance(LAG_SECONDS * 1_000);
    const request = { ...sent, laterId: (await jobs.drawId?.()) ?? '' };
    expect(await jobs.findCreated(request)).toMatchObject({ absence: 'unproved' });
    await create({ runId: '900000000000003' });
    expect(await jobs.findCreated(request)).toMatchObject({ absence: 'unproved' });
    sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect(await jobs.findCreated(request)).toEqual({ hits: [], trustworthy: true, absence: 'certain' });
    expect(await jobs.findCreated(sent)).toMatchObject({ absence: 'unproved' });
  });

  test.each([
    ['gone', () => sandbox.settings({ queuePrimaryList: 'gone' })],
    ['ill', () => Promise.resolve(sandbox.faults.add({ route: 'primaryList', status: 503 }))],
  ])('is found by the index alone where the primary list is %s', async (_, spoil) => {
    const jobId = await create();
    sandbox.clock.advance(LAG_SECONDS * 1_000);
    await spoil();
    expect((await jobs.findCreated(sentNow())).hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test('is found although the filter for the parent is ignored', async () => {
    await sandbox.settings({ queueSearchParentRunId: 'ignored', queuePrimaryParentRunId: 'ignored' });
    const jobId = await create();
    await create({ runId: '900000000000002' });
    const { hits } = await jobs.findCreated(sentNow());
    expect(hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test('is found behind a page of newer jobs although the list of its parent hides it', async () => {
    await sandbox.settings({ queuePrimaryList: 'gone' });
    const jobId = await create();
    const request = sentNow();
    for (let other = 0; other < 101; other++) await create({ runId: String(900_000_000_000_100 + other) });
    sandbox.clock.advance(LAG_SECONDS * 1_000);
    sandbox.faults.add({ route: 'list', call: 2, replaceBody: [] });
    expect((await jobs.findCreated(request)).hits.map((view) => view.jobId)).toEqual([jobId]);
  });
});

describe('the jobs below one', () => {
  test.each([
    ['rows', ROWS],
    ['a flow with its phases and tasks', FLOW],
  ])('are found at every level: %s', async (_, what) => {
    const jobId = await create(what);
    sandbox.clock.advance(15 * 60_000);
    const { jobs: tree, isWhole } = await jobs.list({ inRuns: [RUN_ID], limit: 100 });
    const all = (await sandbox.jobs()).map((job) => String(job.id)).sort();
    expect(tree.map((view) => view.jobId).sort()).toEqual(all);
    expect(all).toContain(jobId);
    expect(all.length).toBeGreaterThan(3);
    expect(isWhole).toBe(true);
  });

  test('are found below a job at the top, which has no parent by which to ask', async () => {
    const jobId = await create({ ...FLOW, unfenced: { project: '5555', by: RUN_ID } });
    sandbox.clock.advance(15 * 60_000);
    const { jobs: tree, isWhole } = await jobs.list({ inRuns: [jobId], limit: 1_000 });
    expect(tree).toHaveLength((await sandbox.jobs()).length);
    expect(isWhole).toBe(true);
    const { jobs: open } = await jobs.list({ openIn: { runIds: [jobId], jobId }, limit: 300 });
    expect(open.map((view) => view.jobId)).toEqual([jobId]);
  });

  test.each([
    ['do not obey their filter', () => sandbox.settings({ queueGroupedFilters: 'wrapped' })],
    ['do not show jobs below others', () => sandbox.settings({ queueSearchChildren: 'hidden' })],
    ['show nothing', () => Promise.resolve(sandbox.faults.add({ route: 'groupedList', times: 99, replaceBody: [] }))],
    ['are not served', () => Promise.resolve(sandbox.faults.add({ route: 'groupedList', times: 99, status: 503 }))],
  ])('are found one parent after the other where the lists %s', async (_, spoil) => {
    await create(FLOW);
    sandbox.clock.advance(15 * 60_000);
    await spoil();
    const { jobs: tree, isWhole } = await jobs.list({ inRuns: [RUN_ID], limit: 100 });
    expect(tree).toHaveLength((await sandbox.jobs()).length);
    expect(isWhole).toBe(true);
  });

  test('that have not ended are listed, and the job itself once the index shows its end', async () => {
    const jobId = await create(FLOW);
    sandbox.clock.advance(6_000);
    const open = { openIn: { runIds: [RUN_ID], jobId }, limit: 100 };
    const { jobs: running } = await jobs.list(open);
    expect(running.length).toBeGreaterThan(1);
    expect(running.map((view) => view.jobId)).not.toContain(jobId);
    sandbox.clock.advance(15 * 60_000);
    expect((await jobs.list(open)).jobs.map((view) => view.jobId)).toEqual([jobId]);
  });
});

test('what has finished since a moment is listed, and nothing else', async () => {
  const jobId = await create();
  const since = new Date(sandbox.clock.now()).toISOString();
  expect((await jobs.list({ finishedSince: since, limit: 10 })).jobs).toEqual([]);
  sandbox.clock.advance(5 * 60_000);
  expect((await jobs.list({ finishedSince: since, limit: 10 })).jobs.map((view) => view.jobId)).toEqual([jobId]);
  const later = new Date(sandbox.clock.now()).toISOString();
  expect((await jobs.list({ finishedSince: later, limit: 10 })).jobs).toEqual([]);
});

test('a job waits for the one of the same configuration that runs', async () => {
  const first = await create({ config: 'slow' });
  sandbox.clock.advance(20_000);
  const second = await create({ config: 'slow', runId: '900000000000002' });
  sandbox.clock.advance(20_000);
  expect(await jobs.reasonToWait(second)).toEqual({ kind: 'lock', jobId: first });
  expect(await jobs.reasonToWait(first)).toBeUndefined();
});

test('the project tells for how long its jobs have worked', async () => {
  const actions = await connect(sandbox.url, TOKEN).actions();
  expect((await actions.statistics({})).durationSeconds).toBe(0);
  await expect(actions.statistics({ fromDate: '2026-01-01', toDate: '2026-01-02' })).rejects.toThrow('of all time');
});

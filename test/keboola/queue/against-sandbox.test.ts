import { describe, expect, test } from 'vitest';
import type { RunRequest, SearchRequest } from '../../../src/job/create/creation.js';
import { connect } from '../../support/fake-stack.js';
import { QUEUE_TOKEN, useQueueProject } from '../../support/queue-project.js';

const RUN_ID = '900000000000001';
const RUN: RunRequest = {
  connection: 'default',
  project: '5555',
  runId: RUN_ID,
  component: 'keboola.ex-http',
  config: 'success',
};
const ROWS = { component: 'keboola.ex-db-mysql', config: 'rows' };
const FLOW = { component: 'keboola.orchestrator', config: 'nightly' };
const LAG_SECONDS = 10;

const project = useQueueProject();

async function create(what: Partial<RunRequest> = {}): Promise<string> {
  return (await (await project.jobs.prepareCreate({ ...RUN, ...what })).send()).jobId;
}

/** A search for a creation that has just been sent. */
function sentNow(): SearchRequest {
  const { connection, project: id, runId, component } = RUN;
  return { connection, project: id, runId, component, sentSinceMs: project.sandbox.clock.now() };
}

async function statusOf(jobId: string): Promise<string> {
  return (await project.jobs.get(jobId)).view.status;
}

describe('a job', () => {
  test.each(['list', 'object', 'null', 'absent'] as const)(
    'is known by the answer to its creation where empty objects are written as: %s',
    async (queueEmptyObjects) => {
      await project.sandbox.settings({ queueEmptyObjects });
      const jobId = await create();
      expect((await project.jobs.get(jobId)).view.jobId).toBe(jobId);
      await project.sandbox.settings({ queueEmptyObjects: 'list' });
    },
  );

  test('runs from creation to success, below the run id that was sent', async () => {
    const jobId = await create();
    expect((await project.jobs.get(jobId)).view).toMatchObject({
      jobId,
      runId: `${RUN_ID}.${jobId}`,
      component: 'keboola.ex-http',
      config: 'success',
    });
    project.sandbox.clock.advance(120_000);
    const { view, serverTime } = await project.jobs.get(jobId);
    expect(view).toMatchObject({ status: 'success', isFinished: true, details: { type: 'standard' } });
    expect(Date.parse(serverTime ?? '')).toBeCloseTo(project.sandbox.clock.now(), -4);
  });

  test('that fails tells who is to blame', async () => {
    const jobId = await create({ component: 'keboola.ex-db-mysql', config: 'user-error' });
    project.sandbox.clock.advance(120_000);
    expect((await project.jobs.get(jobId)).view).toMatchObject({ status: 'error', error: 'user' });
  });

  test('is stopped before and while it runs', async () => {
    const early = await create({ delay: '10m' });
    await project.jobs.kill(early);
    project.sandbox.clock.advance(60_000);
    expect(await statusOf(early)).toBe('cancelled');
    const running = await create({ config: 'slow' });
    project.sandbox.clock.advance(20_000);
    expect(await statusOf(running)).toBe('processing');
    await project.jobs.kill(running);
    project.sandbox.clock.advance(60_000);
    expect(await statusOf(running)).toBe('terminated');
  });

  test('that nobody has is not found', async () => {
    await expect(project.jobs.get('1')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('has events by its id', async () => {
    const jobId = await create();
    project.sandbox.clock.advance(120_000);
    const events = await project.jobs.events((await project.jobs.get(jobId)).view, 10);
    expect(events?.length).toBeGreaterThan(0);
  });

  test('has its page in the queue', () => {
    expect(project.jobs.jobsPage('5555')).toBe(`${new URL(project.sandbox.url).origin}/admin/projects/5555/queue`);
  });
});

describe('what is refused', () => {
  test.each([
    ['a configuration that is none', { config: 'nowhere' }],
    ['a component that is none', { component: 'keboola.nothing' }],
  ])('for good: %s', async (_, what) => {
    const prepared = await project.jobs.prepareCreate({ ...RUN, ...what });
    const error: unknown = await prepared.send().catch((reason: unknown) => reason);
    expect(prepared.outcomeOf(error)).toMatchObject({ kind: 'refused', type: 'CreateRefused' });
  });

  test('a token that may only read creates nothing', async () => {
    const prepared = await (await connect(project.sandbox.url, '5555-2-readonly').jobs()).prepareCreate(RUN);
    const error: unknown = await prepared.send().catch((reason: unknown) => reason);
    expect(prepared.outcomeOf(error)).toMatchObject({ kind: 'refused' });
  });

  test('fields of native applications', async () => {
    expect(await project.jobs.problemsOf({ component: 'ex-db', params: {} })).toMatchObject([{ path: 'params' }]);
  });
});

describe('a creation whose answer was lost', () => {
  test('is found by the primary store at once, and by the index later', async () => {
    const jobId = await create();
    const request = sentNow();
    expect((await project.jobs.findCreated(request)).hits.map((view) => view.jobId)).toEqual([jobId]);
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect((await project.jobs.findCreated(request)).hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test('that made nothing is unproved until the index shows a job that was made later', async () => {
    const sent = sentNow();
    expect(await project.jobs.findCreated(sent)).toEqual({ hits: [], trustworthy: true, absence: 'unproved' });
    await create({ runId: '900000000000002' });
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    const request = { ...sent, laterId: (await project.jobs.drawId?.())?.id ?? '' };
    expect(await project.jobs.findCreated(request)).toMatchObject({ absence: 'unproved' });
    await create({ runId: '900000000000003' });
    expect(await project.jobs.findCreated(request)).toMatchObject({ absence: 'unproved' });
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect(await project.jobs.findCreated(request)).toEqual({ hits: [], trustworthy: true, absence: 'certain' });
    expect(await project.jobs.findCreated(sent)).toMatchObject({ absence: 'unproved' });
  });

  test.each([
    ['gone', () => project.sandbox.settings({ queuePrimaryList: 'gone' })],
    ['ill', () => Promise.resolve(project.sandbox.faults.add({ route: 'primaryList', status: 503 }))],
  ])('is found by the index alone where the primary list is %s', async (_, spoil) => {
    const jobId = await create();
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    await spoil();
    expect((await project.jobs.findCreated(sentNow())).hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test('is found although the filter for the parent is ignored', async () => {
    await project.sandbox.settings({ queueSearchParentRunId: 'ignored', queuePrimaryParentRunId: 'ignored' });
    const jobId = await create();
    await create({ runId: '900000000000002' });
    const { hits } = await project.jobs.findCreated(sentNow());
    expect(hits.map((view) => view.jobId)).toEqual([jobId]);
  });

  test('is found behind a page of newer jobs although the list of its parent hides it', async () => {
    await project.sandbox.settings({ queuePrimaryList: 'gone' });
    const jobId = await create();
    const request = sentNow();
    for (let other = 0; other < 101; other++) await create({ runId: String(900_000_000_000_100 + other) });
    project.sandbox.clock.advance(LAG_SECONDS * 1_000);
    project.sandbox.faults.add({ route: 'list', call: 2, replaceBody: [] });
    expect((await project.jobs.findCreated(request)).hits.map((view) => view.jobId)).toEqual([jobId]);
  });
});

describe('the jobs below one', () => {
  test.each([
    ['rows', ROWS],
    ['a flow with its phases and tasks', FLOW],
  ])('are found at every level: %s', async (_, what) => {
    const jobId = await create(what);
    project.sandbox.clock.advance(15 * 60_000);
    const { jobs: tree, isWhole } = await project.jobs.list({ inRuns: [RUN_ID], limit: 100 });
    const all = (await project.sandbox.jobs()).map((job) => String(job.id)).sort();
    expect(tree.map((view) => view.jobId).sort()).toEqual(all);
    expect(all).toContain(jobId);
    expect(all.length).toBeGreaterThan(3);
    expect(isWhole).toBe(true);
  });

  test('are found below a job at the top, which has no parent by which to ask', async () => {
    const jobId = await create({ ...FLOW, unfenced: { project: '5555', by: RUN_ID } });
    project.sandbox.clock.advance(15 * 60_000);
    const { jobs: tree, isWhole } = await project.jobs.list({ inRuns: [jobId], limit: 1_000 });
    expect(tree).toHaveLength((await project.sandbox.jobs()).length);
    expect(isWhole).toBe(true);
    const { jobs: open } = await project.jobs.list({ openIn: { runIds: [jobId], jobId }, limit: 300 });
    expect(open.map((view) => view.jobId)).toEqual([jobId]);
  });

  test.each([
    ['do not obey their filter', () => project.sandbox.settings({ queueGroupedFilters: 'wrapped' })],
    ['do not show jobs below others', () => project.sandbox.settings({ queueSearchChildren: 'hidden' })],
    [
      'show nothing',
      () => Promise.resolve(project.sandbox.faults.add({ route: 'groupedList', times: 99, replaceBody: [] })),
    ],
    [
      'are not served',
      () => Promise.resolve(project.sandbox.faults.add({ route: 'groupedList', times: 99, status: 503 })),
    ],
  ])('are found one parent after the other where the lists %s', async (_, spoil) => {
    await create(FLOW);
    project.sandbox.clock.advance(15 * 60_000);
    await spoil();
    const { jobs: tree, isWhole } = await project.jobs.list({ inRuns: [RUN_ID], limit: 100 });
    expect(tree).toHaveLength((await project.sandbox.jobs()).length);
    expect(isWhole).toBe(true);
  });

  test('that have not ended are listed, and the job itself once the index shows its end', async () => {
    const jobId = await create(FLOW);
    project.sandbox.clock.advance(6_000);
    const open = { openIn: { runIds: [RUN_ID], jobId }, limit: 100 };
    const { jobs: running } = await project.jobs.list(open);
    expect(running.length).toBeGreaterThan(1);
    expect(running.map((view) => view.jobId)).not.toContain(jobId);
    project.sandbox.clock.advance(15 * 60_000);
    expect((await project.jobs.list(open)).jobs.map((view) => view.jobId)).toEqual([jobId]);
  });
});

test('what has finished since a moment is listed, and nothing else', async () => {
  const jobId = await create();
  const since = new Date(project.sandbox.clock.now()).toISOString();
  expect((await project.jobs.list({ finishedSince: since, limit: 10 })).jobs).toEqual([]);
  project.sandbox.clock.advance(5 * 60_000);
  expect((await project.jobs.list({ finishedSince: since, limit: 10 })).jobs.map((view) => view.jobId)).toEqual([
    jobId,
  ]);
  const later = new Date(project.sandbox.clock.now()).toISOString();
  expect((await project.jobs.list({ finishedSince: later, limit: 10 })).jobs).toEqual([]);
});

test('of more that has finished than a list shows it shows the latest ends, whenever their jobs were created', async () => {
  const since = new Date(project.sandbox.clock.now()).toISOString();
  const long = await create({ delay: '10m' });
  await create();
  project.sandbox.clock.advance(20 * 60_000);
  expect((await project.jobs.list({ finishedSince: since, limit: 1 })).jobs.map((view) => view.jobId)).toEqual([long]);
});

test('the project tells for how long its jobs have worked', async () => {
  const actions = await connect(project.sandbox.url, QUEUE_TOKEN).actions();
  expect((await actions.statistics({})).durationSeconds).toBe(0);
  await expect(actions.statistics({ fromDate: '2026-01-01', toDate: '2026-01-02' })).rejects.toThrow('of all time');
});

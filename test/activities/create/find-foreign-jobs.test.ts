import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findForeignJobs } from '../../../src/activities/create/find-foreign-jobs.js';
import {
  chooseForeign,
  type ForeignJobsAnswer,
  type ForeignJobsRequest,
} from '../../../src/job/create/foreign-jobs.js';
import { Connections } from '../../../src/keboola/connections.js';
import { createClock, startSandbox, type ControlledClock, type Sandbox } from '../../../src/sandbox/index.js';
import { COMPONENT, documentOf, FOREIGN_DIALECTS, startElsewhere, type Elsewhere } from '../../support/foreign-jobs.js';

const FENCE = '900000000000001';
const LASTS = { durationSeconds: 3_600 };
const NO_JOBS = [null, 7, [], {}, 'text', { id: '../1', status: 'processing' }];

describe.each(FOREIGN_DIALECTS)('a look for jobs of somebody else, on $name', (dialect) => {
  interface Project {
    sandbox: Sandbox<ControlledClock>;
    start: (elsewhere?: Elsewhere) => Promise<string>;
    look: (request?: Partial<ForeignJobsRequest>) => Promise<ForeignJobsAnswer>;
    /** Of those that were found. */
    ids: (request?: Partial<ForeignJobsRequest>) => Promise<string[]>;
  }

  /** A sandbox whose clock stands still until a test moves it. */
  async function openProject(): Promise<Project> {
    const clock = createClock();
    clock.pause();
    // By the list that both APIs have.
    const list = { queuePrimaryList: 'gone' } as const;
    const sandbox = await startSandbox({ clock, workers: 1_000, parallelLimit: 'off', killLatencySeconds: 0, ...list });
    const settings = { url: sandbox.url, token: () => dialect.token, requestsPerSecond: 10_000 };
    const connections = new Connections([{ name: 'default', ...settings }]);
    onTestFinished(async () => {
      await connections.close();
      await sandbox.close();
    });
    const deps = { connections, searchAttributesRegistered: () => Promise.resolve(true) };
    const place = { connection: 'default', project: dialect.name === 'Syrup' ? '1134' : '5555' };
    const asked = { ...place, component: COMPONENT, config: 'daily', runId: FENCE, fences: [FENCE] };
    const look: Project['look'] = (request) =>
      new MockActivityEnvironment().run(() => findForeignJobs(deps, { ...asked, seen: [], ...request }));
    return {
      sandbox,
      look,
      start: async (elsewhere) => {
        const jobId = await startElsewhere({ sandbox }, dialect, { config: 'daily', script: LASTS, ...elsewhere });
        // Until the index shows it.
        sandbox.clock.advance(10_000);
        return jobId;
      },
      ids: async (request) => {
        const answer = await look(request);
        return answer.kind === 'looked' ? answer.jobs.map(({ jobId }) => jobId) : [answer.message];
      },
    };
  }

  it('shows which they are, who has started them and since when they run', async () => {
    const { start, look } = await openProject();
    const jobId = await start();
    const answer = await look();
    expect(answer).toMatchObject({ kind: 'looked', jobs: [{ jobId, status: 'processing', startedBy: dialect.owner }] });
    const [job] = answer.kind === 'looked' ? answer.jobs : [];
    expect(job).toMatchObject({ createdTime: expect.any(String) as string, startTime: expect.any(String) as string });
    expect(job?.url).toContain(`/${jobId}`);
  });

  it('shows one as being stopped, and does not follow it, as soon as somebody has asked for that', async () => {
    const { sandbox, start, look } = await openProject();
    await sandbox.settings({ killLatencySeconds: 60 });
    const jobId = await start();
    const path = dialect.name === 'Syrup' ? 'queue/jobs' : 'jobs';
    const headers = { 'x-storageapi-token': dialect.token };
    await fetch(`${sandbox.url}/${path}/${jobId}/kill`, { method: 'POST', headers });
    const answer = await look();
    expect(answer).toMatchObject({ kind: 'looked', jobs: [{ jobId, status: 'terminating' }] });
    expect(answer.kind === 'looked' && chooseForeign(answer.jobs)).toBeUndefined();
  });

  it('passes over a job that a stale list shows and that is over', async () => {
    const { sandbox, start, ids } = await openProject();
    const jobId = await start({ script: { durationSeconds: 1 } });
    sandbox.clock.advance(60_000);
    const stale = { ...(await documentOf({ sandbox }, dialect, jobId)), status: 'processing', isFinished: false };
    sandbox.faults.add({ route: 'list', replaceBody: [stale], times: 'always' });
    expect(await ids()).toEqual([]);
  });

  it('reads a job that was seen before, although a list that is ill shows none', async () => {
    const { sandbox, start, ids } = await openProject();
    const jobId = await start();
    sandbox.faults.add({ route: 'list', emptyList: true, times: 'always' });
    expect([await ids(), await ids({ seen: [jobId] })]).toEqual([[], [jobId]]);
  });

  it('passes over jobs of our own, and over the run that the creation is to be a part of', async () => {
    const { start, ids } = await openProject();
    await start({ runId: FENCE });
    await start({ runId: `77.${FENCE}` });
    await start({ runId: '55' });
    expect(await ids()).toHaveLength(1);
    const { sandbox, ...parents } = await openProject();
    const parent = await parents.start();
    const runId = (await sandbox.jobs()).find(({ id }) => String(id) === parent)?.runId;
    expect(await parents.ids({ runId: `${runId}.${FENCE}` })).toEqual([]);
  });

  it('passes over what another one of them has spawned: it ends with that one', async () => {
    const { sandbox, start, ids } = await openProject();
    const parent = await start();
    const runId = (await sandbox.jobs()).find(({ id }) => String(id) === parent)?.runId ?? '';
    await start({ runId });
    expect(await ids()).toEqual([parent]);
  });

  it('passes over rows that were not asked for, and over what is no job', async () => {
    const { sandbox, start, ids } = await openProject();
    const jobId = await start();
    const own = await documentOf({ sandbox }, dialect, jobId);
    const rows = [
      ...NO_JOBS,
      { id: jobId },
      { ...own, id: '1', config: 'other', params: { component: COMPONENT, config: 'other' } },
      { ...own, status: 'success', isFinished: true },
      { ...own, id: '..' },
    ];
    sandbox.faults.add({ route: 'list', replaceBody: rows });
    expect(await ids()).toEqual([]);
    sandbox.faults.add({ route: 'list', replaceBody: [...rows, own] });
    expect(await ids()).toEqual([jobId]);
  });

  it('looks behind a page that others fill, and cannot tell where all are full of them', async () => {
    const { sandbox, start, look, ids } = await openProject();
    const jobId = await start();
    const own = await documentOf({ sandbox }, dialect, jobId);
    const others = Array<object>(100).fill({ ...own, id: '1', component: 'other', params: {} });
    sandbox.faults.add({ route: 'list', call: 2, replaceBody: [own] });
    sandbox.faults.add({ route: 'list', call: 1, replaceBody: others });
    expect(await ids()).toEqual([jobId]);
    sandbox.faults.add({ route: 'list', replaceBody: others, times: 'always' });
    expect(JSON.stringify(await look())).toMatch(/"no-answer".*980 unfinished jobs of other configurations/);
  });

  it('passes over a row whose job is one of another configuration when it is read', async () => {
    const { sandbox, start, ids } = await openProject();
    const jobId = await start({ config: 'other' });
    const own = await documentOf({ sandbox }, dialect, jobId);
    const params = { component: COMPONENT, config: 'daily' };
    sandbox.faults.add({ route: 'list', replaceBody: [{ ...own, config: 'daily', params }] });
    expect(await ids()).toEqual([]);
  });

  it('passes over a job of a development branch that the filter of the list lets pass, or hides as one of the main one', async () => {
    const { sandbox, start, ids } = await openProject();
    const jobId = await start({ branchId: '77' });
    const own = await documentOf({ sandbox }, dialect, jobId);
    const params = { ...(own['params'] as object | undefined), branchId: undefined };
    for (const row of [own, { ...own, branchId: undefined, params }]) {
      sandbox.faults.add({ route: 'list', replaceBody: [row] });
      expect(await ids()).toEqual([]);
    }
    expect(await ids({ branchId: '77' })).toEqual([jobId]);
    expect(await ids({ seen: [jobId] })).toEqual([]);
  });

  it.each([
    ['an error', { route: 'list', status: 500 }],
    ['a page', { route: 'list', status: 200, html: '<h1>Hello</h1>' }],
    ['something that is no list', { route: 'list', replaceBody: { jobs: [] } }],
    ['a broken connection', { route: 'list', reset: 'before' }],
    ['a broken connection to a job', { route: 'read', reset: 'before' }],
    ['a refused token', { route: 'read', status: 401 }],
  ] as const)('that is answered by %s is no answer, and nothing is concluded from it', async (_, fault) => {
    const { sandbox, start, look, ids } = await openProject();
    const jobId = await start();
    sandbox.faults.add(fault);
    expect(await look()).toMatchObject({ kind: 'no-answer', message: expect.stringMatching(/\S/) as string });
    expect(await ids()).toEqual([jobId]);
  });

  it('takes a job for over that was seen before and was purged since', async () => {
    const { sandbox, start, ids } = await openProject();
    const jobId = await start();
    sandbox.faults.add({ route: 'list', emptyList: true, times: 'always' });
    sandbox.faults.add({ route: 'read', status: 404 });
    expect(await ids({ seen: [jobId] })).toEqual([]);
  });

  it.each([
    ['a malformed document', { replaceBody: { id: 7 } }],
    ['the document of another job', { replaceBody: { id: '1', status: 'success' } }],
    ['not found, though the list shows it', { status: 404 }],
    ['an error, each time', { status: 500 }],
  ])('shows a job that cannot be read as the list shows it, and says why: %s', async (_, fault) => {
    const { sandbox, start, look } = await openProject();
    const jobId = await start();
    sandbox.faults.add({ route: 'read', jobId, times: 'always', ...fault });
    for (const seen of [[], [jobId]]) {
      const answer = await look({ seen });
      const [job] = answer.kind === 'looked' ? answer.jobs : [];
      expect(job).toMatchObject({ jobId, status: 'processing', startedBy: dialect.owner });
      expect(job?.unread).toContain('GET /');
      expect(chooseForeign(job ? [job] : [])).toBeUndefined();
    }
  });

  it('takes a job that cannot be read for over once the list shows that it has ended', async () => {
    const { sandbox, start, look, ids } = await openProject();
    const jobId = await start({ script: { durationSeconds: 60 } });
    sandbox.faults.add({ route: 'read', jobId, times: 'always', replaceBody: { id: 7 } });
    expect(await ids({ seen: [jobId] })).toEqual([jobId]);
    sandbox.clock.advance(120_000);
    expect(await look({ seen: [jobId] })).toEqual({ kind: 'looked', jobs: [] });
  });

  it('concludes nothing from a job that cannot be read and that no list shows any more', async () => {
    const { sandbox, start, look } = await openProject();
    const jobId = await start();
    sandbox.faults.add({ route: 'read', jobId, times: 'always', replaceBody: { id: 7 } });
    sandbox.faults.add({ route: 'list', emptyList: true, times: 'always' });
    const message = expect.stringContaining(`Job ${jobId} of the same configuration cannot be read (GET `) as string;
    expect(await look({ seen: [jobId] })).toEqual({ kind: 'no-answer', message });
  });

  it('shows the others before a job that cannot be read, which is looked for again and never followed', async () => {
    const { sandbox, start, look } = await openProject();
    const [sound, malformed] = [await start(), await start()];
    sandbox.faults.add({ route: 'read', jobId: malformed, replaceBody: { id: 7 }, times: 'always' });
    for (const seen of [[], [malformed]]) {
      const answer = await look({ seen });
      const jobs = answer.kind === 'looked' ? answer.jobs : [];
      expect(jobs.map(({ jobId }) => jobId)).toEqual([sound, malformed]);
      expect(chooseForeign(jobs)?.jobId).toBe(sound);
      expect(chooseForeign(jobs.slice(1))).toBeUndefined();
    }
  });

  it('shows the twenty that are the furthest, and reads no more', async () => {
    const { sandbox, start, look } = await openProject();
    const first = await start();
    for (let i = 0; i < 24; i++) await start();
    const answer = await look();
    const jobs = answer.kind === 'looked' ? answer.jobs : [];
    expect([jobs.length, jobs[0]?.jobId, Object.keys(sandbox.counters.readsByJob).length]).toEqual([20, first, 20]);
  });
});

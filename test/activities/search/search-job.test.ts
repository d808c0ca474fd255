import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { searchJob } from '../../../src/activities/search/search-job.js';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import type { SearchRequest } from '../../../src/job/create/creation.js';
import type { SearchAnswer } from '../../../src/job/remote-steps.js';
import type { FoundJobs } from '../../../src/keboola/jobs/job-api.js';
import { openActivityLab, spawned } from '../../support/activity-lab.js';

const RUN_ID = '915016579194096';
const order = { connection: 'default', project: '1134', runId: RUN_ID, component: 'keboola.ex-http', sentSinceMs: 0 };
/** Longer than any test: the index never shows such a job. */
const NEVER = { searchLagSeconds: 1_000_000 };

describe('the job of a creation whose answer was lost', () => {
  it('is found although more jobs lie below it than a page shows, and they are newer', async () => {
    const { sandbox, run, create } = await openActivityLab();
    const { jobId, runId } = await create(RUN_ID, { children: spawned(12, 10) });
    sandbox.clock.advance(10_000);
    expect(await run(searchJob, order)).toMatchObject({ hits: [{ view: { jobId, runId } }], trustworthy: true });
  });

  it('is proved by a job below it, although the index does not show it itself', async () => {
    const { sandbox, run, create } = await openActivityLab();
    const { runId } = await create(RUN_ID, NEVER);
    await create(`${runId}.1`);
    sandbox.clock.advance(10_000);
    expect(await run(searchJob, order)).toMatchObject({ hits: [], trustworthy: false, proven: true });
  });

  it('is proved by a job that is not recognised, at any depth', async () => {
    const { sandbox, run, create } = await openActivityLab();
    await create(RUN_ID);
    sandbox.clock.advance(10_000);
    const answer = await run(searchJob, { ...order, component: 'ex-db' });
    expect(answer).toMatchObject({ hits: [], trustworthy: false, proven: true });
  });

  it('is found behind a full page of others that carry the same run id', async () => {
    const { sandbox, run, create } = await openActivityLab();
    const { jobId } = await create(RUN_ID);
    sandbox.clock.advance(10_000);
    const others = Array.from({ length: 100 }, (_, at) => other(`${at + 900_000}`));
    sandbox.faults.add({ route: 'list', replaceBody: others });
    expect(await run(searchJob, order)).toMatchObject({ hits: [], trustworthy: false, proven: true });
    expect(await run(searchJob, order)).toMatchObject({ hits: [{ view: { jobId } }] });
  });

  it.each([
    ['a job of somebody else', { id: 7, runId: '7', status: 'success', component: 'ex-db', params: {} }],
    ['something that cannot be read', { of: 'another shape' }],
  ])('is neither proved nor known to be absent by an answer that shows %s instead', async (_, shown) => {
    const { sandbox, run, create } = await openActivityLab();
    await create('1');
    sandbox.clock.advance(10_000);
    sandbox.faults.add({ route: 'list', replaceBody: [shown] });
    const answer = await run(searchJob, order);
    expect(answer).toMatchObject({ hits: [], trustworthy: false });
    expect(answer).not.toHaveProperty('proven');
    expect(await run(searchJob, order)).toMatchObject({ hits: [], trustworthy: true });
  });

  it('is not there where nothing lies below the run id and the list shows another job, readable or not', async () => {
    const { sandbox, run, create } = await openActivityLab();
    expect(await run(searchJob, order)).toMatchObject({ hits: [], trustworthy: false });
    await create('1');
    sandbox.clock.advance(10_000);
    expect(await run(searchJob, order)).toMatchObject({ hits: [], trustworthy: true });
    sandbox.faults.add({ route: 'list', call: 3, replaceBody: [{ of: 'another shape' }] });
    expect(await run(searchJob, order)).toMatchObject({ hits: [], trustworthy: true });
  });
});

describe('the job of a creation that a run before a reset may have sent in another way', () => {
  const claimed = { project: '5555', by: RUN_ID, likeness: {} };
  const surely: FoundJobs = { hits: [], trustworthy: true, absence: 'certain' };

  /** What is told where the job is searched for by both ways, the present one and the one before. */
  async function told(present: FoundJobs, before: FoundJobs): Promise<SearchAnswer> {
    const jobs = {
      fences: () => ['run-id', 'none'],
      findCreated: ({ unfenced }: SearchRequest) => Promise.resolve(unfenced ? before : present),
    };
    const keboola = { jobs: () => Promise.resolve(jobs), requireProject: () => Promise.resolve() };
    const connections = { get: () => keboola };
    const deps = { connections, searchAttributesRegistered: () => Promise.resolve(true) } as unknown as ActivityDeps;
    const request = { ...order, formerly: claimed };
    const answer: unknown = await new MockActivityEnvironment().run(() => searchJob(deps, request));
    return answer as SearchAnswer;
  }

  it('is certainly absent where neither way shows one, and both could have', async () => {
    expect(await told(surely, surely)).toMatchObject({ hits: [], trustworthy: true, absence: 'certain' });
  });

  it.each<[string, FoundJobs, object]>([
    ['has not seen all', { ...surely, trustworthy: false }, { trustworthy: false }],
    ['may lag', { ...surely, absence: 'unproved' }, { absence: 'unproved' }],
    ['shows jobs below it', { ...surely, proven: true }, { proven: true }],
  ])('is in doubt where one of the two ways %s', async (_, doubtful, expected) => {
    expect(await told(surely, doubtful)).toMatchObject(expected);
    expect(await told(doubtful, surely)).toMatchObject(expected);
  });
});

function other(id: string): object {
  return { id, runId: `${RUN_ID}.${id}`, status: 'success', component: 'ex-db', params: {} };
}

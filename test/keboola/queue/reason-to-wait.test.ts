import { describe, expect, it } from 'vitest';
import type { RunRequest } from '../../../src/job/create/creation.js';
import { isChildOf } from '../../../src/job/run-id.js';
import { isFinalStatus } from '../../../src/job/wait/status.js';
import { useQueueProject } from '../../support/queue-project.js';

const RUN_ID = '900000000000001';
const LATER_RUN_ID = '900000000000002';
const RUN: RunRequest = {
  connection: 'default',
  project: '5555',
  runId: RUN_ID,
  component: 'keboola.ex-http',
  config: 'slow',
};
const MINUTES_10_MS = 600_000;
const ROWS = { component: 'keboola.ex-db-mysql', config: 'rows' };
const FLOW = { component: 'keboola.orchestrator', config: 'nightly' };

const project = useQueueProject();

async function create(what: Partial<RunRequest> = {}): Promise<string> {
  return (await (await project.jobs.prepareCreate({ ...RUN, ...what })).send()).jobId;
}

function letGoOn(seconds: number): void {
  project.sandbox.clock.advance(seconds * 1_000);
}

/** The jobs directly below another one. */
async function childrenOf(jobId: string): Promise<string[]> {
  const { runId } = (await project.jobs.get(jobId)).view;
  const { jobs } = await project.jobs.list({ inRuns: [runId], limit: 100 });
  return jobs.filter((view) => isChildOf(view.runId, runId)).map((view) => view.jobId);
}

describe('a job waits', () => {
  it('for the one of the same configuration that runs', async () => {
    const first = await create();
    letGoOn(20);
    const second = await create({ runId: LATER_RUN_ID });
    letGoOn(20);
    expect(await project.jobs.reasonToWait(second)).toEqual({ kind: 'lock', jobId: first });
    expect(await project.jobs.reasonToWait(first)).toBeUndefined();
  });

  it('for one beside it below a run id that is none of a job of this configuration', async () => {
    const first = await create();
    letGoOn(20);
    const twin = await create();
    letGoOn(20);
    expect(await project.jobs.reasonToWait(twin)).toEqual({ kind: 'lock', jobId: first });
  });

  it('for a job with rows, and not for one of its rows', async () => {
    await project.sandbox.settings({ searchLagSeconds: 0 });
    const first = await create(ROWS);
    letGoOn(8);
    expect((await childrenOf(first)).length).toBeGreaterThan(1);
    const second = await create({ ...ROWS, runId: LATER_RUN_ID });
    letGoOn(2);
    expect(await project.jobs.reasonToWait(second)).toEqual({ kind: 'lock', jobId: first });
  });

  it.each([
    ['a delay', (): Partial<RunRequest> => ({ delay: '10m' })],
    [
      'a time to start',
      (): Partial<RunRequest> => ({
        delayedStartTime: new Date(project.sandbox.clock.now() + MINUTES_10_MS).toISOString(),
      }),
    ],
  ])('for its time, until that has come, where it was created with %s', async (_, later) => {
    const holder = await create();
    const dueMs = project.sandbox.clock.now() + MINUTES_10_MS;
    const waiting = await create({ runId: LATER_RUN_ID, ...later() });
    letGoOn(60);
    expect((await project.jobs.get(holder)).view.status).toBe('processing');
    const startsAt = new Date(Math.floor(dueMs / 1_000) * 1_000).toISOString();
    expect(await project.jobs.reasonToWait(waiting)).toEqual({ kind: 'delayed', startsAt });
  });
});

describe('a part of a job waits for no lock', () => {
  it.each([
    ['a row, of the job of all rows, or of other rows', ROWS],
    ['a phase, of its flow, or of other phases', FLOW],
  ])('%s, which have its configuration', async (_, what) => {
    await project.sandbox.settings({ searchLagSeconds: 0 });
    const jobId = await create(what);
    letGoOn(4);
    expect((await project.jobs.get(jobId)).view.status).toBe('processing');
    const children = await Promise.all((await childrenOf(jobId)).map((child) => project.jobs.get(child)));
    const open = children.filter(({ view }) => !isFinalStatus(view.status));
    const child = open.at(-1)?.view.jobId ?? '';
    expect(open.at(-1)?.view).toMatchObject(what);
    expect(await project.jobs.reasonToWait(child)).toBeUndefined();
  });

  it('a row, of so many others that the list does not show the job of all rows', async () => {
    await project.sandbox.settings({ searchLagSeconds: 0 });
    const jobId = await create(ROWS);
    letGoOn(4);
    const child = (await childrenOf(jobId)).at(-1) ?? '';
    const { runId } = (await project.jobs.get(jobId)).view;
    const others = Array.from({ length: 100 }, (_, at) => {
      const id = String(9_000_000_000_000_000 + at);
      return { id, runId: `${runId}.${id}`, status: 'processing', ...ROWS };
    });
    project.sandbox.faults.add({ route: 'list', replaceBody: others, times: 'always' });
    expect(await project.jobs.reasonToWait(child)).toBeUndefined();
  });
});

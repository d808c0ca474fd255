import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndedJobs } from '../../../src/job/watch/ended-job.js';
import { endedSince } from '../../../src/keboola/jobs/ended-jobs.js';
import type { JobApi } from '../../../src/keboola/jobs/job-api.js';
import { createClock, startSandbox, type ControlledClock, type Sandbox } from '../../../src/sandbox/index.js';
import { connect } from '../../support/fake-stack.js';
import { QUEUE_TOKEN } from '../../support/queue-project.js';

const LAG_SECONDS = 10;
const FENCE = '900000000000001';
const HTTP = 'keboola.ex-http';

/** Rows as each dialect's list shows them, besides id, status and end. */
const DIALECTS = [
  { dialect: 'Syrup', token: '1134-53044-sandbox', row: { component: 'docker', runId: `${FENCE}.7` } },
  { dialect: 'Queue v2', token: QUEUE_TOKEN, row: { component: HTTP, runId: `${FENCE}.7`, parentRunId: FENCE } },
];

let sandbox: Sandbox<ControlledClock>;
let jobs: JobApi;

beforeAll(async () => {
  const clock = createClock({});
  clock.pause();
  sandbox = await startSandbox({ clock });
});
afterAll(() => sandbox.close());

describe.each(DIALECTS)('the list of what has ended in a project on $dialect', ({ token, row }) => {
  let startMs: number;

  beforeEach(async () => {
    sandbox.reset();
    startMs = Math.ceil(sandbox.clock.now() / 1_000) * 1_000;
    jobs = await connect(sandbox.url, token).jobs();
  });

  it('shows each end from that second on, by the run id that was sent, and no job that runs', async () => {
    const first = await create('success', `${FENCE}1`);
    sandbox.clock.advance(60_000);
    const firstEndMs = Date.parse((await jobs.get(first)).view.endTime ?? '');
    const second = await create('success', `${FENCE}2`);
    sandbox.clock.advance(60_000);
    await create('slow', `${FENCE}3`);
    sandbox.clock.advance(10_000);
    expect(idsOf(await endedSince(jobs, firstEndMs + 999))).toEqual([first, second].sort());
    expect(idsOf(await endedSince(jobs, firstEndMs + 1_000))).toEqual([second]);
    const { jobs: rows, isWhole, serverMs } = await endedSince(jobs, startMs);
    expect(isWhole).toBe(true);
    expect(serverMs).toBe(Math.floor(sandbox.clock.now() / 1_000) * 1_000);
    expect(rows.find(({ jobId }) => jobId === first)).toMatchObject({ endedMs: firstEndMs });
    expect(rows.find(({ jobId }) => jobId === first)?.runId).toMatch(new RegExp(`^${FENCE}1\\.`));
  });

  it('shows an end once the index has it, however late that is', async () => {
    await sandbox.settings({ searchLagSeconds: LAG_SECONDS });
    const jobId = await create('success');
    await untilEnded(jobId);
    expect(idsOf(await endedSince(jobs, startMs))).toEqual([]);
    sandbox.clock.advance(LAG_SECONDS * 1_000);
    expect(idsOf(await endedSince(jobs, startMs))).toEqual([jobId]);
  });

  it('shows nothing new while the index is stale, and all of it after that', async () => {
    await sandbox.settings({ searchStalled: true });
    const jobId = await create('success');
    sandbox.clock.advance(300_000);
    expect(await endedSince(jobs, startMs)).toMatchObject({ jobs: [], isWhole: true });
    await sandbox.settings({ searchStalled: false });
    expect(idsOf(await endedSince(jobs, startMs))).toEqual([jobId]);
  });

  it('is empty where Keboola says so, though a job has ended', async () => {
    await create('success');
    sandbox.clock.advance(300_000);
    sandbox.faults.add({ route: 'list', emptyList: true });
    expect(await endedSince(jobs, startMs)).toMatchObject({ jobs: [], isWhole: true });
  });

  it('is none where Keboola fails', async () => {
    sandbox.faults.add({ route: 'list', status: 503 });
    await expect(endedSince(jobs, startMs)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('has no row that is older, still runs, shows no end, or cannot be read, and a job once', async () => {
    const [endTime, earlier] = [startMs, startMs - 1_000].map((ms) => new Date(ms).toISOString());
    const ended = { ...row, id: 1, status: 'success', isFinished: true, endTime };
    const strange = [
      { ...ended, id: 2, endTime: earlier },
      { ...ended, id: 3, status: 'processing', isFinished: false },
      { ...ended, id: 4, endTime: null },
      { ...ended, id: 'x" OR "' },
      { id: 5 },
      'no job',
    ];
    sandbox.faults.add({ route: 'list', replaceBody: [...strange, ended, ended] });
    const expected = [{ jobId: '1', runId: row.runId, endedMs: startMs }];
    expect(await endedSince(jobs, startMs + 999)).toMatchObject({ jobs: expected, isWhole: true });
  });

  it('is not whole where it is full of others, and that costs a few requests and no more', async () => {
    const stranger = { ...row, id: 1, status: 'success', isFinished: true, endTime: '2000-01-01T00:00:00Z' };
    const full = Array.from({ length: 500 }, (_, at) => ({ ...stranger, id: at + 1 }));
    sandbox.faults.add({ route: 'list', times: 'always', replaceBody: full });
    const asked = sandbox.requests.length;
    expect(await endedSince(jobs, startMs)).toMatchObject({ jobs: [], isWhole: false });
    expect(sandbox.requests.length - asked).toBe(5);
  });

  it('asks for fewer at once where the documents are too large for one answer', async () => {
    const jobId = await create('success');
    sandbox.clock.advance(300_000);
    sandbox.faults.add({ route: 'list', bodyBytes: 10_000_000 });
    expect(idsOf(await endedSince(jobs, startMs))).toEqual([jobId]);
  });
});

describe('in a project on Queue v2', () => {
  beforeEach(async () => {
    sandbox.reset();
    jobs = await connect(sandbox.url, QUEUE_TOKEN).jobs();
  });

  it('a filter that is not obeyed adds nothing', async () => {
    await sandbox.settings({ queueSearchEndTime: 'ignored' });
    await create('success');
    sandbox.clock.advance(300_000);
    expect(await endedSince(jobs, sandbox.clock.now())).toMatchObject({ jobs: [], isWhole: true });
  });

  it('rows count that say nothing of having finished', async () => {
    await sandbox.settings({ queueSearchFinished: 'false' });
    const jobId = await create('success');
    sandbox.clock.advance(300_000);
    expect(idsOf(await endedSince(jobs, sandbox.clock.now() - 300_000))).toEqual([jobId]);
  });
});

async function create(config: string, runId = FENCE): Promise<string> {
  const prepared = await jobs.prepareCreate({ connection: 'default', project: '1134', component: HTTP, config, runId });
  return (await prepared.send()).jobId;
}

/** Second by second. */
async function untilEnded(jobId: string): Promise<void> {
  while ((await jobs.get(jobId)).view.status !== 'success') sandbox.clock.advance(1_000);
}

function idsOf({ jobs: ended }: EndedJobs): string[] {
  return ended.map(({ jobId }) => jobId).sort();
}

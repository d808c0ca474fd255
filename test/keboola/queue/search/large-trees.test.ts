import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Connections } from '../../../../src/keboola/connections.js';
import type { JobApi, JobList } from '../../../../src/keboola/jobs/job-api.js';
import { createClock, startSandbox } from '../../../../src/sandbox/index.js';
import type { ControlledClock, Sandbox } from '../../../../src/sandbox/index.js';
import { QUEUE_TOKEN } from '../../../support/queue-project.js';

const RUN_ID = '900000000000001';
const RUNS_ON = { component: 'keboola.ex-http', durationSeconds: 36_000 };
const SERVED = { queuePrimaryList: 'served', queueSearchChildren: 'shown' } as const;

interface Tree {
  sandbox: Sandbox<ControlledClock>;
  jobs: JobApi;
  jobId: string;
  runId: string;
  open: () => Promise<JobList>;
  close: () => Promise<void>;
}

/** A job that has ended and has left behind what it has spawned. */
async function treeOf(children: object[]): Promise<Tree> {
  const clock = createClock();
  clock.pause();
  const sandbox = await startSandbox({ clock, workers: 10_000, parallelLimit: 'off' });
  const token = (): string => QUEUE_TOKEN;
  const connections = new Connections([{ name: 'default', url: sandbox.url, token, requestsPerSecond: 10_000 }]);
  const jobs = await connections.get('default').jobs();
  const jobId = await create(jobs, RUN_ID, { durationSeconds: 1, children });
  clock.advance(10 * 60_000);
  const { runId } = (await jobs.get(jobId)).view;
  const open = (): Promise<JobList> => jobs.list({ openIn: { runIds: [RUN_ID, runId], jobId }, limit: 300 });
  const close = async (): Promise<void> => {
    await connections.close();
    await sandbox.close();
  };
  return { sandbox, jobs, jobId, runId, open, close };
}

async function create(jobs: JobApi, runId: string, script: object): Promise<string> {
  const configData = { parameters: { sandbox: script } };
  const request = { connection: 'default', project: '5555', runId, component: 'keboola.ex-http', configData };
  return (await (await jobs.prepareCreate(request)).send()).jobId;
}

/** Jobs that end after a second, `spawned(2, 3)`: two of them, each with three. A script has a hundred at most. */
function spawned(count: number, ...below: number[]): object[] {
  const [next, ...rest] = below;
  const children = next === undefined ? {} : { children: spawned(next, ...rest) };
  return Array.from({ length: count }, () => ({ component: 'keboola.ex-http', durationSeconds: 1, ...children }));
}

describe('a tree of Queue v2 in which forty parents have more children than one answer holds', () => {
  let tree: Tree;
  beforeAll(async () => {
    tree = await treeOf(spawned(6, 20, 15));
  });
  afterAll(() => tree.close());

  it('is known to have ended', async () => {
    const { jobs, isWhole } = await tree.open();
    expect(jobs).toMatchObject([{ jobId: tree.jobId, status: 'success' }]);
    expect(isWhole).toBe(true);
  });

  it('is read whole in few answers', async () => {
    const before = tree.sandbox.requests.length;
    const { jobs, isWhole } = await tree.jobs.list({ inRuns: [RUN_ID], limit: 5_000 });
    expect([jobs.length, isWhole]).toEqual([1 + 6 + 120 * 16, true]);
    expect(tree.sandbox.requests.length - before).toBeLessThan(100);
  });
});

describe('a tree of Queue v2 with more parents than are asked one by one', () => {
  it('is known to have ended although the list for many is not served', async () => {
    const { sandbox, jobId, open, close } = await treeOf(spawned(2, 75));
    sandbox.faults.add({ route: 'groupedList', status: 404, times: 9_999 });
    const { jobs, isWhole } = await open();
    await close();
    expect(jobs).toMatchObject([{ jobId, status: 'success' }]);
    expect(isWhole).toBe(true);
  });
});

describe('a tree of Queue v2 with more jobs at a level than are ever read', () => {
  let tree: Tree;
  beforeAll(async () => {
    tree = await treeOf(spawned(100, 100));
  });
  afterEach(() => tree.sandbox.faults.clear());
  afterAll(() => tree.close());

  it.each([
    ['', 25, () => undefined],
    [
      ', also where the list for many is not served',
      75,
      () => tree.sandbox.faults.add({ route: 'groupedList', status: 404, times: 'always' }),
    ],
  ])('is given up as soon as there are seen to be too many%s', async (_, requestsMax, spoil) => {
    spoil();
    const before = tree.sandbox.requests.length;
    expect(await tree.open()).toMatchObject({ isWhole: true });
    expect(tree.sandbox.requests.length - before).toBeLessThan(requestsMax);
  });

  it('is told in part where a part is of use', async () => {
    const before = tree.sandbox.requests.length;
    const { jobs, isWhole } = await tree.jobs.list({ inRuns: [RUN_ID], limit: 700 });
    expect(isWhole).toBe(false);
    expect(jobs.length).toBeGreaterThanOrEqual(700);
    expect(tree.sandbox.requests.length - before).toBeLessThan(15);
  });
});

describe('what runs in a tree of Queue v2 of which more has ended than is ever read', () => {
  let tree: Tree;
  beforeAll(async () => {
    tree = await treeOf(spawned(35, 90));
    await create(tree.jobs, tree.runId, { durationSeconds: 36_000, children: [RUNS_ON] });
    tree.sandbox.clock.advance(60_000);
  });
  afterEach(() => tree.sandbox.settings(SERVED));
  afterAll(() => tree.close());

  it.each([
    ['the index', { queuePrimaryList: 'gone' }],
    ['the primary store, where the index hides jobs that have a parent', { queueSearchChildren: 'hidden' }],
  ] as const)('is told whole by %s', async (_, settings) => {
    await tree.sandbox.settings(settings);
    const { jobs, isWhole } = await tree.open();
    const below = jobs.filter(({ jobId }) => jobId !== tree.jobId);
    expect(below.map(({ runId }) => runId.split('.').length).sort()).toEqual([3, 4]);
    expect(jobs.find(({ jobId }) => jobId === tree.jobId)).toMatchObject({ status: 'success' });
    expect(isWhole).toBe(true);
  });

  it('is not known where no list of all that runs shows jobs that have a parent', async () => {
    await tree.sandbox.settings({ queuePrimaryList: 'gone', queueSearchChildren: 'hidden' });
    expect(await tree.open()).toMatchObject({ isWhole: false });
  });
});

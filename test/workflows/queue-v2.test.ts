import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../src/sandbox/index.js';
import type { JobResult } from '../../src/job/result.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { startTimeSkippingServer } from '../support/time-skipping.js';

const JOB = { component: 'keboola.ex-http', config: 'success' };
const FLOW = { component: 'keboola.orchestrator', config: 'nightly' };

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server, { token: '5555-1-queue', speed: 20 });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

async function resultOf(input: object): Promise<JobResult> {
  return (await (await lab.start(input)).result()) as JobResult;
}

describe.concurrent('on a project of Queue v2', () => {
  it('a job runs once, and its result has what this API alone tells', async () => {
    const result = await resultOf(JOB);
    expect(result).toMatchObject({ status: 'success', outcome: 'finished', details: { type: 'standard' } });
    expect(result.page).toContain('/admin/projects/5555/queue/');
  });

  it('a job that fails is a failure that names whose fault it is', async () => {
    const handle = await lab.start({ component: 'keboola.ex-db-mysql', config: 'user-error' });
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'JobUserError' } });
  });

  it('a workflow that is cancelled stops its job', async () => {
    const handle = await lab.start({ ...JOB, config: 'slow' });
    await eventually(async () => {
      const jobs = await lab.sandbox.jobs();
      expect(jobs.some((job) => job.params['config'] === 'slow' && job.status === 'processing')).toBe(true);
    });
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    const slow = (await lab.sandbox.jobs()).filter((job) => job.params['config'] === 'slow');
    expect(slow.map(({ status }) => status)).toEqual(['terminated']);
  });

  it('the phases and tasks of a flow are part of its result', async () => {
    const result = await resultOf(FLOW);
    expect(result.childrenComplete).toBe(true);
    expect(componentsBelow(result)).toEqual(['keboola.ex-db-mysql', 'keboola.ex-http', 'keboola.wr-google-sheets']);
    expect(result.children?.map(({ component }) => component)).toEqual([FLOW.component, FLOW.component]);
  });

  it('a job that starts later waits for its time', async () => {
    const result = await resultOf({ ...JOB, configData: {}, delay: '30s' });
    expect(result.waitSeconds).toBeGreaterThanOrEqual(30);
  });

  it('what only native applications take is refused by name', async () => {
    const handle = await lab.start({ component: 'keboola.ex-http', params: { a: 1 } });
    await expect(handle.result()).rejects.toMatchObject({
      cause: { type: 'InvalidInput', message: expect.stringContaining('params: is for native applications') as string },
    });
  });
});

describe('a creation of Queue v2 whose answer is lost', () => {
  it('is found again, and the job runs once', async () => {
    const { result, posts, jobs } = await lostCreation({ route: 'create', reset: 'after' });
    expect(result).toMatchObject({ status: 'success', adopted: true });
    expect({ posts, jobs }).toEqual({ posts: 1, jobs: 1 });
  });

  it('and has made nothing is sent again under the same run id', async () => {
    const { result, posts, jobs } = await lostCreation({ route: 'create', status: 500 });
    expect(result).toMatchObject({ status: 'success', adopted: false });
    expect({ posts, jobs }).toEqual({ posts: 2, jobs: 1 });
  });

  it('and that makes nothing three times is refused, with the last answer', async () => {
    const { type, posts, jobs } = await lostCreation({ route: 'create', status: 500, times: 5 });
    expect({ type, posts, jobs }).toEqual({ type: 'CreateRefused', posts: 3, jobs: 0 });
  });
});

/** Of the jobs that do the work, at whatever depth. */
function componentsBelow({ children = [] }: JobResult): string[] {
  const components = children.flatMap((child) => [child.component, ...componentsBelow(child)]);
  return [...new Set(components)].filter((component) => component !== FLOW.component).sort();
}

interface Counted {
  result: JobResult | undefined;
  type: string | undefined;
  posts: number;
  jobs: number;
}

async function lostCreation(fault: FaultInput): Promise<Counted> {
  const skipping = await startTimeSkippingServer();
  const own = await openJobLab(skipping, { token: '5555-1-queue', clock: { now: () => skipping.now() } });
  try {
    own.sandbox.faults.add(fault);
    const { result, error } = await settled(await own.start(scripted({ durationSeconds: 2 })));
    const { posts, jobs } = own.sandbox.counters;
    return { result, type: (error?.cause as { type?: string } | undefined)?.type, posts, jobs };
  } finally {
    await own.close();
    await skipping.stop();
  }
}

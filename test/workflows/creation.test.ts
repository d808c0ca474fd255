import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '../../src/job/result.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { livedMs, openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { resetToBefore } from '../support/reset.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';

describe.concurrent('creation, when the answer is lost', () => {
  let server: SharedDevServer;

  beforeAll(async () => {
    server = await connectToDevServer();
  });
  afterAll(() => server.close());

  /** Faults concern a whole sandbox, so each test has one of its own. */
  async function openLab(onTestFinished: (close: () => Promise<void>) => void): Promise<JobLab> {
    const lab = await openJobLab(server);
    onTestFinished(() => lab.close());
    return lab;
  }

  async function countedRun(lab: JobLab, input: unknown): Promise<{ result?: JobResult; posts: number; jobs: number }> {
    const { result } = await settled(await lab.start(input));
    const { posts, jobs } = lab.sandbox.counters;
    return { ...(result && { result }), posts, jobs };
  }

  it('adopts the job that was made, and sends nothing a second time', async ({ onTestFinished }) => {
    const lab = await openLab(onTestFinished);
    lab.sandbox.faults.add({ route: 'create', reset: 'after' });
    const { result, posts, jobs } = await countedRun(lab, scripted({ durationSeconds: 2 }));
    expect(result).toMatchObject({ status: 'success', adopted: true });
    expect({ posts, jobs }).toEqual({ posts: 1, jobs: 1 });
  });

  it('adopts it although the index answers empty lists and errors for a while', async ({ onTestFinished }) => {
    const lab = await openLab(onTestFinished);
    lab.sandbox.faults.add({ route: 'create', status: 502, html: '<h1>Bad gateway</h1>', when: 'after' });
    lab.sandbox.faults.add({ route: 'list', times: 2, emptyList: true });
    lab.sandbox.faults.add({ route: 'list', call: 3, status: 500 });
    const { result, posts, jobs } = await countedRun(lab, scripted({ durationSeconds: 2 }));
    expect(result).toMatchObject({ status: 'success', adopted: true });
    expect({ posts, jobs }).toEqual({ posts: 1, jobs: 1 });
  });

  it('takes the job and not one of its children, which lie below the same run id', async ({ onTestFinished }) => {
    const lab = await openLab(onTestFinished);
    lab.sandbox.faults.add({ route: 'create', reset: 'after' });
    lab.sandbox.faults.add({ route: 'list', times: 2, emptyList: true });
    const { result } = await countedRun(lab, { component: 'keboola.snowflake-transformation', config: 'parent' });
    expect(result).toMatchObject({ adopted: true, config: 'parent', component: 'keboola.snowflake-transformation' });
    expect(result?.runId.split('.')).toHaveLength(2);
  });

  it('kills the adopted job when stop was pressed while it was searched for', async ({ onTestFinished }) => {
    const lab = await openLab(onTestFinished);
    lab.sandbox.faults.add({ route: 'create', reset: 'after' });
    lab.sandbox.faults.add({ route: 'list', times: 2, emptyList: true });
    const handle = await lab.start({ component: 'keboola.wr-google-sheets', config: 'slow' });
    await eventually(() => expect(lab.sandbox.counters.posts).toBe(1));
    await handle.cancel();
    await settled(handle);
    const jobs = (await lab.sandbox.jobs()).filter(({ params }) => params['config'] === 'slow');
    expect(jobs).toHaveLength(1);
    expect(['cancelled', 'terminated']).toContain(jobs[0]?.status);
  });

  it('sends again under the same run id when the first POST provably made nothing', async ({ onTestFinished }) => {
    const lab = await openLab(onTestFinished);
    lab.sandbox.faults.add({ route: 'create', status: 429, headers: { 'retry-after': '1' }, times: 2 });
    const { result, posts, jobs } = await countedRun(lab, scripted({ durationSeconds: 1 }));
    expect(result).toMatchObject({ status: 'success', adopted: false });
    expect({ posts, jobs }).toEqual({ posts: 3, jobs: 1 });
  });

  it('accepts an answer that comes after twenty seconds: the worker is alive and says so', async ({
    onTestFinished,
  }) => {
    const lab = await openLab(onTestFinished);
    lab.sandbox.faults.add({ route: 'create', delayMs: 20_000, when: 'after' });
    const handle = await lab.start(scripted({ durationSeconds: 1 }));
    const { result } = await settled(handle);
    // A machine that stands still for long enough is given up all the same, which must not cost a second job.
    const wasGivenUp = (await lab.events(handle.workflowId)).some((event) => event.activityTaskTimedOutEventAttributes);
    expect(result).toMatchObject({ status: 'success', adopted: wasGivenUp });
    const { posts, jobs } = lab.sandbox.counters;
    expect({ posts, jobs }).toEqual({ posts: 1, jobs: 1 });
  });

  it('makes no second job when the workflow is reset to before the creation', async ({ onTestFinished }) => {
    const lab = await openLab(onTestFinished);
    const handle = await lab.start(scripted({ durationSeconds: 8 }), `reset-${process.pid}`);
    await handle.executeUpdate('waitForCreated');
    const { result } = await settled(await resetToBefore('createJob', handle));
    expect(result).toMatchObject({ status: 'success', adopted: true });
    expect(lab.sandbox.counters.posts).toBe(1);
  });
});

describe('creation, when nothing can be found', () => {
  let server: TimeSkippingServer;
  let lab: JobLab;

  beforeAll(async () => {
    server = await startTimeSkippingServer();
    lab = await openJobLab(server, { clock: { now: () => server.now() } });
    // A control job: without any job in the project an empty list would mean nothing.
    await settled(await lab.start(scripted({ durationSeconds: 1 })));
  });
  afterAll(async () => {
    await lab.close();
    await server.stop();
  });

  it('fails as CreateAmbiguous after half an hour, names the run id to look for, and has sent once', async () => {
    const posts = lab.sandbox.counters.posts;
    lab.sandbox.faults.add({ route: 'create', reset: 'before' });
    const handle = await lab.start(scripted({ durationSeconds: 1 }));
    const { error } = await settled(handle);
    const cause = (error as Error & { cause: Error & { details: unknown[] } }).cause;
    expect(cause).toMatchObject({ type: 'CreateAmbiguous', nonRetryable: true });
    expect(cause.message).toMatch(/run id starts with "9\d{14}\."/);
    expect(lab.sandbox.counters.posts - posts).toBe(1);
    expect(await livedMs(handle)).toBeGreaterThan(29 * 60_000);
  });

  it('adopts a job that the index shows only after ten minutes', async () => {
    lab.sandbox.faults.add({ route: 'create', reset: 'after' });
    lab.sandbox.faults.add({ route: 'list', times: 60, emptyList: true });
    const { result } = await settled(await lab.start(scripted({ durationSeconds: 1 })));
    lab.sandbox.faults.clear();
    expect(result).toMatchObject({ status: 'success', adopted: true });
  });
});

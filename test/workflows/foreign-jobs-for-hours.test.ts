import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '../../src/job/result.js';
import { COMPONENT, FOREIGN_DIALECTS, startElsewhere } from '../support/foreign-jobs.js';
import { livedMs, openJobLab, settled, type JobLab } from '../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';

const HOUR_SECONDS = 3_600;
const HOUR_MS = HOUR_SECONDS * 1_000;
/** The POST by which somebody else starts a job. */
const ELSEWHERE = 1;

describe.each(FOREIGN_DIALECTS)('a job of somebody else that lasts for hours, on $name', (dialect) => {
  let server: TimeSkippingServer;
  let lab: JobLab;

  // The sandbox tells the time of the server that leaps, so that both live through the same day in seconds.
  beforeAll(async () => {
    server = await startTimeSkippingServer();
    lab = await openJobLab(server, { token: dialect.token, clock: { now: () => server.now() } });
    await lab.sandbox.settings({ searchLagSeconds: 0 });
  });
  afterAll(async () => {
    await lab.close();
    await server.stop();
  });

  const ours = (config: string): object => ({
    component: COMPONENT,
    config,
    onForeignJob: 'wait',
    configData: { parameters: { sandbox: { durationSeconds: 1 } } },
  });
  // While no workflow is under way, a clock that is free to leap may leap over the whole job of somebody else.
  const startedBehind = (hours: number, config: string, limits: object = {}): ReturnType<JobLab['start']> =>
    server.withoutLeaps(async () => {
      await startElsewhere(lab, dialect, { config, script: { durationSeconds: hours * HOUR_SECONDS } });
      return await lab.start({ ...ours(config), ...limits });
    });

  it('is waited for to its end, with a look a minute at last', async () => {
    const handle = await startedBehind(3, 'for-hours');
    expect(await handle.result()).toMatchObject({ status: 'success', adopted: false });
    expect(await livedMs(handle)).toBeGreaterThanOrEqual(3 * HOUR_MS);
    const events = await lab.events(handle.workflowId);
    const looks = events.filter(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'findForeignJobs',
    );
    expect(looks.length).toBeGreaterThan(100);
    expect(looks.length).toBeLessThan(250);
  });

  it('is not waited for longer than the queueTimeout, and nothing is created', async () => {
    const { posts } = lab.sandbox.counters;
    const handle = await startedBehind(3, 'out-of-time', { queueTimeout: '1h' });
    const { error } = await settled(handle);
    expect(error?.cause).toMatchObject({
      type: 'JobTimedOut',
      message: expect.stringContaining('None was created') as string,
    });
    expect(lab.sandbox.counters.posts).toBe(posts + ELSEWHERE);
    expect(await livedMs(handle)).toBeLessThan(1.1 * HOUR_MS);
  });

  it('is looked for through hours without an answer', async () => {
    const { posts } = lab.sandbox.counters;
    lab.sandbox.faults.add({ route: 'list', status: 500, times: 100 });
    const handle = await startedBehind(1, 'silence');
    const result = (await handle.result()) as JobResult;
    expect(result).toMatchObject({ status: 'success', adopted: false });
    expect(lab.sandbox.counters.posts).toBe(posts + ELSEWHERE + 1);
    lab.sandbox.faults.clear();
  });

  it('is not taken for absent where there never is an answer: none is created', async () => {
    const { posts } = lab.sandbox.counters;
    lab.sandbox.faults.add({ route: 'list', status: 401, times: 'always' });
    const { error } = await settled(await lab.start(ours('no-answer')));
    lab.sandbox.faults.clear();
    expect(error?.cause).toMatchObject({
      type: 'TokenRefused',
      message: expect.stringContaining('No job was created') as string,
    });
    expect(lab.sandbox.counters.posts).toBe(posts);
  });
});

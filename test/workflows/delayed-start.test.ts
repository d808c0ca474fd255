import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobSnapshot } from '../../src/job/messages.js';
import { COMPONENT, ON_QUEUE, startElsewhere } from '../support/foreign-jobs.js';
import { livedMs, openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { QUEUE_TOKEN } from '../support/queue-project.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Hours and days go by in no time, but not the looks in them. */
const DELAY_MS = 30 * MINUTE_MS;

let server: TimeSkippingServer;
let lab: JobLab;

beforeAll(async () => {
  server = await startTimeSkippingServer();
  lab = await openJobLab(server, { token: QUEUE_TOKEN, clock: { now: () => server.now() } });
});
afterAll(async () => {
  await lab.close();
  await server.stop();
});

const HELD = { component: COMPONENT, config: 'slow' };

/** Not by a workflow, for the timers of which the clock would leap on between two lines of a test. */
async function holdForDays(): Promise<void> {
  lab.sandbox.reset();
  await startElsewhere(lab, ON_QUEUE, { config: HELD.config, script: { durationSeconds: 100 * 24 * 3_600 } });
}

const WAYS = [
  ['a delay', (delayMs: number) => Promise.resolve({ delay: delayMs })],
  [
    'a time to start',
    async (delayMs: number) => ({ delayedStartTime: new Date((await server.now()) + delayMs).toISOString() }),
  ],
] as const;

describe.each(WAYS)('a job that is created with %s', (_, later) => {
  // A time is chosen by a clock that leaps on while anything of the tests before still has a timer.
  const started = (input: object, delayMs: number): ReturnType<JobLab['start']> =>
    server.withoutLeaps(async () => lab.start({ ...input, ...(await later(delayMs)) }));
  // While no workflow is under way, a clock that is free to leap may leap over the whole job of somebody else.
  const startedBehind = (input: object, delayMs: number): ReturnType<JobLab['start']> =>
    server.withoutLeaps(async () => {
      await holdForDays();
      return await started(input, delayMs);
    });

  it('is not over its queueTimeout before it may start', async () => {
    const input = { ...scripted({ durationSeconds: 60 }), queueTimeout: '10m' };
    const { result } = await settled(await started(input, DELAY_MS));
    expect(result).toMatchObject({ status: 'success', outcome: 'finished' });
    expect((result?.waitSeconds ?? 0) * 1_000).toBeGreaterThan(DELAY_MS - MINUTE_MS);
  });

  it('is cancelled where it cannot start within its queueTimeout once it may', async () => {
    const handle = await startedBehind({ ...HELD, queueTimeout: '10m' }, DELAY_MS);
    const { error } = await settled(handle);
    expect(error?.cause).toMatchObject({
      type: 'JobTimedOut',
      details: [{ status: 'cancelled', outcome: 'timed-out' }],
    });
    expect(error?.cause).toMatchObject({ message: expect.stringContaining('queueTimeout (10 min)') as string });
    const waitedMs = await livedMs(handle);
    expect(waitedMs).toBeGreaterThan(DELAY_MS);
    expect(waitedMs).toBeLessThan(DELAY_MS + 15 * MINUTE_MS);
  });

  it('says until when it waits, whatever else runs', async () => {
    const handle = await startedBehind(HELD, 90 * DAY_MS);
    const noteOf = async (): Promise<string> => (await handle.query<JobSnapshot>('job')).note ?? '';
    await expect.poll(noteOf, { timeout: 20_000, interval: 50 }).toMatch(/^Waiting until \d{4}-.*Z, its delayed/);
    // A terminated one would leave a task behind, for which the clock waits. This server hangs if a workflow continues as
    // new with a cancel; one that answers while the clock stands still rests.
    await server.withoutLeaps(async () => {
      await noteOf();
      await handle.cancel();
    });
    await settled(handle);
  });
});

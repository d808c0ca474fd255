import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JobSnapshot } from '../../src/job/messages.js';
import { openJobLab, settled, type JobLab } from '../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';

const FIVE_MINUTES = { component: 'keboola.ex-http', config: 'five-minutes' };
const EARLIER_RUNS = 20;

let server: TimeSkippingServer;
let lab: JobLab;

beforeAll(async () => {
  server = await startTimeSkippingServer();
  lab = await openJobLab(server, { clock: { now: () => server.now() } });
  await lab.sandbox.settings({ lockRetryDelaySeconds: 1 });
});
afterAll(async () => {
  lab.sandbox.faults.clear();
  await lab.close();
  await server.stop();
});

/** The list that Keboola answers for a configuration which has run for five minutes each time. */
const earlierRuns = Array.from({ length: EARLIER_RUNS }, (_, index) => ({
  id: 1_000 - index,
  runId: `${2_000 - index}`,
  component: 'docker',
  params: { component: FIVE_MINUTES.component, config: FIVE_MINUTES.config },
  status: 'success',
  isFinished: true,
  durationSeconds: 290 + index,
}));

async function pollsOf(script: object): Promise<number | undefined> {
  const { result } = await settled(
    await lab.start({ ...FIVE_MINUTES, configData: { parameters: { sandbox: script } } }),
  );
  expect(result).toMatchObject({ status: 'success', durationSeconds: 300 });
  return result?.polls;
}

it('a job of five minutes is read at most 48 times, and with 20 earlier runs at most 32 times', async () => {
  const without = await pollsOf({ durationSeconds: 300 });
  expect(without).toBeLessThanOrEqual(48);
  const other = await openJobLab(server, { clock: { now: () => server.now() } });
  other.sandbox.faults.add({ route: 'list', times: 3, replaceBody: earlierRuns });
  const { result } = await settled(
    await other.start({ ...FIVE_MINUTES, configData: { parameters: { sandbox: { durationSeconds: 300 } } } }),
  );
  await other.close();
  expect(result?.polls).toBeLessThanOrEqual(32);
  expect(result?.polls).toBeLessThan(without ?? 0);
});

it('a list that does not answer costs nothing but the knowledge', async () => {
  const slow = await openJobLab(server, { clock: { now: () => server.now() } });
  slow.sandbox.faults.add({ route: 'list', times: 'always', hang: true });
  const { result } = await settled(
    await slow.start({ ...FIVE_MINUTES, configData: { parameters: { sandbox: { durationSeconds: 30 } } } }),
  );
  await slow.close();
  expect(result).toMatchObject({ status: 'success' });
});

it('a job that waits for a lock says which job holds it', async () => {
  const locks = await openJobLab(server, { clock: { now: () => server.now() } });
  const script = { configData: { parameters: { sandbox: { durationSeconds: 360_000 } } } };
  const holder = await locks.start({ ...FIVE_MINUTES, ...script });
  const { jobId } = await holder.executeUpdate<{ jobId: string }, []>('waitForCreated');
  const waiting = await locks.start({ ...FIVE_MINUTES, ...script });
  await expect
    .poll(async () => (await waiting.query<JobSnapshot>('job')).note ?? '', { timeout: 20_000, interval: 50 })
    .toContain(`job ${jobId}, which holds the lock`);
  await Promise.all([holder.terminate(), waiting.terminate()]);
  await locks.close();
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { COMPONENT, FOREIGN_DIALECTS, ON_QUEUE, startElsewhere } from '../support/foreign-jobs.js';
import { openJobLab, settled, type JobLab } from '../support/job-lab.js';

const OUTAGE_MS = 5_000;
const OUTAGES = [
  ['shows no job at all', { emptyList: true }],
  ['is answered 503', { status: 503 }],
  ['breaks off', { reset: 'before' }],
] as const;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

const OURS = {
  component: COMPONENT,
  config: 'success',
  onForeignJob: 'fail',
  configData: { parameters: { sandbox: { durationSeconds: 1 } } },
};

describe.concurrent.each(FOREIGN_DIALECTS)(
  'a job that is to fail beside one of somebody else, on $name,',
  (dialect) => {
    const open = async (): Promise<JobLab> => {
      const lab = await openJobLab(server, { token: dialect.token });
      await lab.sandbox.settings({ searchLagSeconds: 0 });
      return lab;
    };

    it.each(OUTAGES)('is not created beside one that the list hides for seconds, because it %s', async (_, fault) => {
      const lab = await open();
      const jobId = await startElsewhere(lab, dialect, { script: { durationSeconds: 3_600 } });
      const { id } = lab.sandbox.faults.add({ route: 'list', ...fault, times: 'always' });
      const handle = await lab.start(OURS);
      await sleep(OUTAGE_MS);
      lab.sandbox.faults.remove(id);
      const { error } = await settled(handle);
      expect(error?.cause).toMatchObject({ type: 'ForeignJobRunning', details: [{ jobId }] });
      expect(lab.sandbox.counters.posts).toBe(1);
      await lab.close();
    });

    it.each(OUTAGES)('is created where there is none, although the list, for seconds, %s', async (_, fault) => {
      const lab = await open();
      const { id } = lab.sandbox.faults.add({ route: 'list', ...fault, times: 'always' });
      const handle = await lab.start(OURS);
      await sleep(OUTAGE_MS);
      lab.sandbox.faults.remove(id);
      expect((await settled(handle)).result).toMatchObject({ status: 'success', adopted: false });
      await lab.close();
    });
  },
);

it('a job that is to fail beside one of somebody else is not created beside one that the index of Queue v2 shows after minutes alone', async () => {
  const lab = await openJobLab(server, { token: ON_QUEUE.token });
  await lab.sandbox.settings({ searchLagSeconds: 300 });
  const jobId = await startElsewhere(lab, ON_QUEUE, { script: { durationSeconds: 3_600 } });
  const { error } = await settled(await lab.start(OURS));
  expect(error?.cause).toMatchObject({ type: 'ForeignJobRunning', details: [{ jobId }] });
  expect(lab.sandbox.counters.posts).toBe(1);
  await lab.close();
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { endOfStop } from '../../../src/cli/stop/cancel-one.js';
import { JobCanceledError } from '../../../src/client/errors.js';
import { JobHandle } from '../../../src/client/handles/job-handle.js';
import { eventually } from '../../support/eventually.js';
import { StorageLab, TABLE } from '../../support/storage-lab.js';

let lab: StorageLab;

beforeAll(async () => {
  lab = await StorageLab.open();
});
afterAll(() => lab.close());

it('an export that is canceled while its file is fetched tells that its job has ended', async () => {
  await lab.makeTable();
  lab.sandbox.faults.add({ route: 'download', times: 'always', hang: true });
  const { workflowId } = await lab.start('exportTable', { table: TABLE });
  const handle = new JobHandle(lab.server.client, workflowId);
  await eventually(() => expect(lab.sandbox.counters.requests.download).toBeGreaterThan(0));
  await handle.cancel();
  const error: unknown = await handle.result().catch((thrown: unknown) => thrown);
  lab.sandbox.faults.clear();
  const job = { status: 'success', outcome: 'finished-first', component: 'storage' };
  expect(error).toBeInstanceOf(JobCanceledError);
  expect(error).toMatchObject({
    message: expect.stringMatching(/^Canceled; job \d+ ended success/) as string,
    job,
  });
  expect(await endOfStop(() => Promise.reject(error as Error))).toMatchObject({ canceled: true, end: job });
});

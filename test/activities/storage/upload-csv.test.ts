import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it, onTestFinished } from 'vitest';
import { uploadCsv } from '../../../src/activities/storage/upload-csv.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox } from '../../../src/sandbox/index.js';
import { storage } from '../../sandbox/storage-support.js';

const RUN_ID = '900.1';

it.each([
  ['the attempt before, which has died', { attempt: 2 }, {}, 1],
  ['an activity before it', { attempt: 1 }, { again: true as const }, 1],
  [
    'the run that a reset gave up, whose job may load it',
    { attempt: 2 },
    { again: true as const, keep: true as const },
    2,
  ],
  ['nobody', { attempt: 1 }, {}, 2],
])('rows that are uploaded leave one file beside what is left by others: %s', async (_, info, again, left) => {
  const sandbox = await startSandbox({ searchLagSeconds: 0 });
  const { url, token } = sandbox;
  const connections = new Connections([{ name: 'default', url, token: () => token }]);
  onTestFinished(async () => {
    await connections.close();
    await sandbox.close();
  });
  const body = { name: 'half.csv', federationToken: true };
  for (const runId of [RUN_ID, '900.2'])
    await storage(sandbox, '/files/prepare', { method: 'POST', body, headers: { 'x-kbc-runid': runId } });
  const deps = { connections, searchAttributesRegistered: () => Promise.resolve(true) };
  const request = {
    connection: 'default',
    project: '1134',
    name: 'a.csv',
    csv: 'id\n1\n',
    width: 1,
    runId: RUN_ID,
    ...again,
  };
  const fileId = await new MockActivityEnvironment(info).run(() => uploadCsv(deps, request));
  const files = (await storage<{ id: number; runId: string }[]>(sandbox, '/files')).json;
  const ours = files.filter(({ runId }) => runId === RUN_ID);
  expect(ours).toHaveLength(left);
  expect(ours.map(({ id }) => String(id))).toContain(fileId);
  expect(files).toHaveLength(left + 1);
});

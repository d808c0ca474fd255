import { Client, Connection } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { createActivities } from '../../../src/activities/create-activities.js';
import type { WorkerDescription } from '../../../src/job/questions.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox } from '../../../src/sandbox/index.js';

test('a Temporal that does not answer is named as such in what `doctor` asks, and Keboola is well', async () => {
  const sandbox = await startSandbox();
  const settings = { name: 'default', url: sandbox.url, token: () => sandbox.token, watch: true };
  const connections = new Connections([settings]);
  const searchAttributesRegistered = (): Promise<boolean> => Promise.resolve(true);
  const { describeWorker } = createActivities({ connections, searchAttributesRegistered });
  const connection = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 500 });
  const environment = new MockActivityEnvironment({}, { client: new Client({ connection }) });
  const described = await environment.run<[], WorkerDescription, () => Promise<WorkerDescription>>(() =>
    describeWorker({}),
  );
  const { connections: reports } = described;
  expect(reports).toMatchObject([{ name: 'default', project: { id: '1134' } }]);
  expect(reports[0]?.problem).toBeUndefined();
  expect(reports[0]?.watch).toMatch(/^perhaps not watched: Temporal could not be asked for its watcher \(.+\)$/);
  await connections.close();
  await sandbox.close();
});

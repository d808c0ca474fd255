import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it, onTestFinished } from 'vitest';
import { uploadFile } from '../../../src/activities/storage/upload-file.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox } from '../../../src/sandbox/index.js';

const UPLOADS = 10;
const AT_ONCE_MAX = 4;
const HELD_MS = 30;

it('a worker moves four files at the same time, however many are asked for', async () => {
  let [open, most] = [0, 0];
  const web = createServer((_, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      response.end('id\n1\n');
    }, HELD_MS);
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const host = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const sandbox = await startSandbox();
  const { url, token } = sandbox;
  const connections = new Connections([{ name: 'default', url, token: () => token }]);
  onTestFinished(async () => {
    await connections.close();
    await sandbox.close();
    web.close();
  });
  const deps = {
    connections,
    files: { importHosts: [host] },
    searchAttributesRegistered: () => Promise.resolve(true),
  };
  const upload = async (_: unknown, at: number): Promise<unknown> => {
    const request = {
      connection: 'default',
      project: '1134',
      name: 'a.csv',
      runId: String(at),
      source: { url: `${host}/a.csv` },
    };
    return await new MockActivityEnvironment().run(() => uploadFile(deps, request));
  };
  const uploaded = await Promise.all(Array.from({ length: UPLOADS }, upload));
  expect(uploaded).toHaveLength(UPLOADS);
  for (const one of uploaded) expect(one).toMatchObject({ rows: 1 });
  expect(most).toBeLessThanOrEqual(AT_ONCE_MAX);
});

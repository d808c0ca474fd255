import { MockActivityEnvironment } from '@temporalio/testing';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import { downloadCsv } from '../../../src/activities/storage/download-csv.js';
import { downloadFile } from '../../../src/activities/storage/download-file.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { tempFolder } from '../../support/temp-folder.js';

let sandbox: Sandbox;
let connections: Connections;
let deps: ActivityDeps;

beforeAll(async () => {
  sandbox = await startSandbox();
  const { url, token } = sandbox;
  const transfer = { patience: { attemptsMax: 2, pauseMs: 1 } };
  connections = new Connections([{ name: 'default', url, token: () => token, transfer }]);
  const files = { folder: await tempFolder() };
  deps = { connections, files, searchAttributesRegistered: () => Promise.resolve(true) };
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
  await connections.close();
  await sandbox.close();
});

const DOWNLOADS = [
  ['read', (fileId: string) => downloadCsv(deps, { connection: 'default', project: '1134', fileId, columns: ['id'] })],
  [
    'written',
    (fileId: string) =>
      downloadFile(deps, { connection: 'default', project: '1134', fileId, columns: ['id'], file: 'out.csv' }),
  ],
] as const;

/** What the attempt of that number ends with. */
async function failureOf(attempt: number, download: () => Promise<unknown>): Promise<unknown> {
  return await new MockActivityEnvironment({ attempt }).run(download).catch((error: unknown) => error);
}

describe.each(DOWNLOADS)('an export that is %s', (_, download) => {
  const upload = (content: Uint8Array): Promise<string> =>
    connections.get('default').files.upload('orders.csv', content, '1');

  it('and cannot be unpacked is fetched three times', async () => {
    const fileId = await upload(gzipSync('id\n1\n').subarray(0, 15));
    expect(await failureOf(2, () => download(fileId))).toMatchObject({ nonRetryable: false });
    const last = { type: 'ProtocolError', message: expect.stringContaining('is damaged') as string };
    expect(await failureOf(3, () => download(fileId))).toMatchObject(last);
  });

  it('and whose content is gone is fetched three times', async () => {
    const fileId = await upload(Buffer.from('id\n1\n'));
    sandbox.faults.add({ route: 'download', times: 'always', status: 404 });
    expect(await failureOf(2, () => download(fileId))).toMatchObject({ nonRetryable: false });
    const last = { type: 'ProtocolError', message: expect.stringContaining('no longer exists') as string };
    expect(await failureOf(3, () => download(fileId))).toMatchObject(last);
  });

  it('and that Storage does not know any more is asked for three times', async () => {
    expect(await failureOf(2, () => download('404'))).toMatchObject({ nonRetryable: false });
    expect(await failureOf(3, () => download('404'))).toMatchObject({ type: 'ProtocolError' });
  });
});

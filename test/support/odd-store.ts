import { onTestFinished } from 'vitest';
import type { TransferSettings } from '../../src/keboola/connection/connection.js';
import { Connections } from '../../src/keboola/connections.js';
import type { Keboola } from '../../src/keboola/keboola.js';
import { startRawServer, type Reply, type SeenRequest } from './raw-server.js';
import { replies } from './replies.js';

/** The file that an odd store has or is prepared for. */
export const FILE = '/v2/storage/files/7';
export const KEY = 'exp-15/1/files/7.f.csv';
const KEYS = { AccessKeyId: 'ASIA1', SecretAccessKey: 's3cret', SessionToken: 'session' };
export const AT_AWS = {
  id: 7,
  provider: 'aws',
  region: 'eu-west-1',
  s3Path: { bucket: 'b', key: KEY },
  credentials: KEYS,
};
export const AT_GCP = {
  id: 7,
  provider: 'gcp',
  gcsPath: { bucket: 'b', key: KEY },
  gcsCredentials: { access_token: 'ya29' },
};
/** What a preparation of an upload answers. */
export const FOR_AWS = {
  id: 7,
  provider: 'aws',
  region: 'eu-west-1',
  uploadParams: { bucket: 'b', key: KEY, acl: 'private', 'x-amz-server-side-encryption': 'AES256', credentials: KEYS },
};

interface OddStore extends Pick<Keboola, 'files' | 'tables'> {
  requests: readonly SeenRequest[];
}

/** A Storage and its place for files that do as the test says, by method and path. */
export async function oddStore(routes: Record<string, Reply>, transfer: TransferSettings = {}): Promise<OddStore> {
  const { url, requests } = await startRawServer((response, request) => {
    const [path = ''] = request.path.split('?');
    (routes[`${request.method} ${path}`] ?? replies.text(404, '<Error><Code>NoSuchKey</Code></Error>'))(
      response,
      request,
    );
  });
  const small = { partBytes: 262_144, awsPartBytesMin: 1, patience: { attemptsMax: 3, pauseMs: 1 }, ...transfer };
  const connections = new Connections([
    { name: 'default', url, filesUrl: url, token: () => '1-1-secretsecretsecretsecret', transfer: small },
  ]);
  onTestFinished(() => connections.close());
  const { files, tables } = connections.get('default');
  return { files, tables, requests };
}

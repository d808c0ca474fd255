import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { freePort } from '../../../src/dev/ports.js';
import { eventually } from '../../support/eventually.js';
import { Processes } from '../../support/processes.js';
import { tempFolder } from '../../support/temp-folder.js';
import { openBreakingProxy, type BreakingProxy } from './breaking-proxy.js';

const FOLDER = 'exp-15/1/files/';
const BUCKET = 'kbc-files';
/** What makes bucket, role, policy and keys; every further call has to be signed. */
const CALLS_UNSIGNED = '4';
/** Known to everybody: Azurite's only account. */
const ACCOUNT = 'devstoreaccount1';
const ACCOUNT_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const PREPARE_S3 = fileURLToPath(new URL('prepare-s3.py', import.meta.url));

/** A store that others wrote, and what Keboola would hand out for a file there. */
export interface Store {
  proxy: BreakingProxy;
  /** Answers of `files/prepare` and `files/{id}` for a file of that name. */
  handedOut: (name: string, hasWrongSecret?: boolean) => { prepared: object; document: object };
  /** An entry of a manifest. */
  entry: (name: string) => string;
  close: () => Promise<void>;
}

export const STORES = {
  aws: () => opened(openMoto),
  azure: () => opened(openAzurite),
  gcp: () => opened(openFakeGcs),
} as const;

/** One that cannot be prepared leaves no process behind. */
async function opened(open: (close: (() => Promise<void>)[]) => Promise<Store>): Promise<Store> {
  const closing: (() => Promise<void>)[] = [];
  try {
    return await open(closing);
  } catch (error) {
    for (const close of closing) await close();
    throw error;
  }
}

/** Amazon's S3 as moto plays it: with signatures, access rights and keys that belong to a role. */
async function openMoto(closing: (() => Promise<void>)[]): Promise<Store> {
  const { moto } = inject('stores');
  const python = { PYTHONPATH: moto, INITIAL_NO_AUTH_ACTION_COUNT: CALLS_UNSIGNED };
  const { proxy, close } = await started(closing, (port) => [
    ['python3', '-m', 'moto.server', '--host', '127.0.0.1', '--port', String(port)],
    python,
  ]);
  const endpoint = `http://127.0.0.1:${proxy.targetPort}`;
  const { stdout } = await promisify(execFile)('python3', [PREPARE_S3, endpoint, BUCKET, FOLDER], {
    env: { ...process.env, ...python },
  });
  const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(stdout) as Record<string, string>;
  return {
    proxy,
    close,
    entry: (name) => `s3://${BUCKET}/${FOLDER}${name}`,
    handedOut: (name, hasWrongSecret) => {
      const credentials = { AccessKeyId, SecretAccessKey: hasWrongSecret ? 'wrong' : SecretAccessKey, SessionToken };
      const at = { bucket: BUCKET, key: FOLDER + name };
      const of = { provider: 'aws', region: 'eu-west-1' };
      const access = { acl: 'private', 'x-amz-server-side-encryption': 'AES256' };
      return {
        prepared: { ...of, uploadParams: { ...at, ...access, credentials } },
        document: { ...of, s3Path: at, credentials },
      };
    },
  };
}

/** Azure's Blob Storage as Microsoft's own Azurite plays it: with signatures that let into one container. */
async function openAzurite(closing: (() => Promise<void>)[]): Promise<Store> {
  const { azurite } = inject('stores');
  const folder = await tempFolder();
  const { proxy, close } = await started(closing, (port) => [
    [process.execPath, azurite, '--blobPort', String(port), '--location', folder, '--silent', '--skipApiVersionCheck'],
    {},
  ]);
  const container = 'exp-15-files-1';
  const endpoint = `${proxy.origin}/${ACCOUNT}`;
  const made = await fetch(`${endpoint}/${container}?restype=container&${accountSignature()}`, { method: 'PUT' });
  if (made.status !== 201) throw new Error(`Azurite makes no container: ${made.status} ${await made.text()}`);
  return {
    proxy,
    close,
    entry: (name) => `azure://${ACCOUNT}.blob.core.windows.net/${container}/${name}`,
    handedOut: (name, hasWrongSecret) => {
      const signature = containerSignature(
        container,
        hasWrongSecret ? Buffer.from('wrong').toString('base64') : ACCOUNT_KEY,
      );
      const absCredentials = { SASConnectionString: `BlobEndpoint=${endpoint};SharedAccessSignature=${signature}` };
      return {
        prepared: { provider: 'azure', absUploadParams: { blobName: name, container, absCredentials } },
        document: { provider: 'azure', absPath: { container, name }, absCredentials },
      };
    },
  };
}

/** Google's Cloud Storage as fake-gcs-server plays it; it asks nobody who he is. */
async function openFakeGcs(closing: (() => Promise<void>)[]): Promise<Store> {
  const { fakeGcs } = inject('stores');
  const { proxy, close } = await started(closing, (port, origin) => [
    [
      fakeGcs,
      '-scheme',
      'http',
      '-host',
      '127.0.0.1',
      '-port',
      String(port),
      '-backend',
      'memory',
      '-external-url',
      origin,
    ],
    {},
  ]);
  const body = JSON.stringify({ name: BUCKET });
  const made = await fetch(`${proxy.origin}/storage/v1/b?project=test`, { method: 'POST', body });
  if (!made.ok) throw new Error(`fake-gcs-server makes no bucket: ${made.status} ${await made.text()}`);
  return {
    proxy,
    close,
    entry: (name) => `gs://${BUCKET}/${FOLDER}${name}`,
    handedOut: (name) => {
      const at = { bucket: BUCKET, key: FOLDER + name };
      return {
        prepared: { provider: 'gcp', gcsUploadParams: { ...at, access_token: 'ya29.token' } },
        document: { provider: 'gcp', gcsPath: at, gcsCredentials: { access_token: 'ya29.token' } },
      };
    },
  };
}

type Command = (port: number, origin: string) => [string[], Record<string, string>];

async function started(closing: (() => Promise<void>)[], command: Command): Promise<Pick<Store, 'proxy' | 'close'>> {
  const [proxy, port] = await Promise.all([openBreakingProxy(), freePort()]);
  proxy.targetPort = port;
  const [[program = '', ...args], env] = command(port, proxy.origin);
  const processes = new Processes({ PATH: process.env['PATH'] ?? '', HOME: await tempFolder() });
  processes.start(program, args, env);
  const close = async (): Promise<void> => {
    await processes.close();
    await proxy.close();
  };
  closing.push(close);
  // Nothing is asked yet: moto counts what it is asked before it wants a signature.
  await eventually(async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect').finally(() => socket.destroy());
  });
  return { proxy, close };
}

function signed(fields: readonly string[], key: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(fields.join('\n')).digest('base64');
}

const VERSION = '2018-11-09';
const [FROM, UNTIL] = ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'];

/** Lets its bearer make containers. */
function accountSignature(): string {
  const fields = [ACCOUNT, 'rwc', 'b', 'sco', FROM, UNTIL, '', 'http', VERSION, ''];
  const query = { sv: VERSION, ss: 'b', srt: 'sco', sp: 'rwc', st: FROM, se: UNTIL, spr: 'http' };
  return new URLSearchParams({ ...query, sig: signed(fields, ACCOUNT_KEY) }).toString();
}

/** Lets its bearer into one container, as Keboola hands them out. */
function containerSignature(container: string, key: string): string {
  const place = `/blob/${ACCOUNT}/${container}`;
  const fields = ['rwl', FROM, UNTIL, place, '', '', 'http', VERSION, 'c', '', '', '', '', '', ''];
  const query = { sv: VERSION, sr: 'c', sp: 'rwl', st: FROM, se: UNTIL, spr: 'http' };
  return new URLSearchParams({ ...query, sig: signed(fields, key) }).toString();
}

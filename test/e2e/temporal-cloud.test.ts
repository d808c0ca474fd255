import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GRPC } from '../../src/temporal/grpc-cause.js';
import { makeAuthority, type Authority, type Identity } from '../support/certificates.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { startGrpcFront, type GrpcFront } from '../support/grpc-front.js';
import type { Environment } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';
import { startTlsFront } from '../support/tls-front.js';

const KEY = 'cloudKey7CloudKey7';

let lab: CliLab;
let authority: Authority;
/** Of a server on this machine. */
let server: Identity;
/** Path of the authority's certificate. */
let trusted: string;

beforeAll(async () => {
  lab = await openCliLab();
  authority = makeAuthority();
  server = authority.issue(['DNS:localhost', 'IP:127.0.0.1']);
  trusted = await file('authority.pem', authority.cert);
});
afterAll(async () => {
  await lab.expectNoToken();
  expect(lab.processes.words).not.toContain(KEY);
  await lab.close();
});

async function file(name: string, text: string): Promise<string> {
  const path = join(await tempFolder(), name);
  await writeFile(path, text);
  return path;
}

/** A worker and a `run` with the same settings: a job comes to its end between them, and the worker leaves in good order. */
async function runJob(settings: Environment): Promise<void> {
  const env = { ...settings, KEBOOLA_TASK_QUEUE: lab.unique('cloud') };
  const worker = await lab.startWorker(env);
  const { code, stderr } = await lab.run(lab.scripted({ durationSeconds: 1 }), env);
  expect(code, stderr).toBe(0);
  expect((await worker.signal('SIGTERM').end()).code).toBe(0);
}

/** A front as Temporal Cloud has it: no call passes without the key. */
async function keyed(): Promise<GrpcFront> {
  return await startGrpcFront(lab.address, {
    tls: server,
    refuse: ({ headers: { authorization } }) =>
      authorization === `Bearer ${KEY}` ? undefined : { code: GRPC.unauthenticated, words: 'Request unauthorized.' },
  });
}

/** The calls that it takes to run a job: those of a command, and those of a worker. */
const NEEDED = ['StartWorkflowExecution', 'PollWorkflowTaskQueue', 'PollActivityTaskQueue'];

describe('Temporal Cloud lets through', () => {
  it('whoever has an API key from a variable', async () => {
    const { address, passed } = await keyed();
    await runJob({ TEMPORAL_ADDRESS: address, TEMPORAL_TLS_SERVER_CA_CERT_PATH: trusted, TEMPORAL_API_KEY: KEY });
    expect([...passed]).toEqual(expect.arrayContaining(NEEDED));
  });

  it('whoever has an API key from a profile', async () => {
    const { address, passed } = await keyed();
    const profile = [
      '[profile.default]',
      `address = "${address}"`,
      'namespace = "default"',
      `api_key = "${KEY}"`,
      '[profile.default.tls]',
      `server_ca_cert_path = "${trusted}"`,
    ];
    const path = await file('temporal.toml', profile.join('\n'));
    // Whatever a variable says goes before it, unless that is empty.
    await runJob({ TEMPORAL_ADDRESS: '', TEMPORAL_CONFIG_FILE: path });
    expect([...passed]).toEqual(expect.arrayContaining(NEEDED));
  });

  it('nobody with another key', async () => {
    const { address, passed } = await keyed();
    const settings = { TEMPORAL_ADDRESS: address, TEMPORAL_TLS_SERVER_CA_CERT_PATH: trusted };
    const { code, stderr } = await lab.run(['list'], { ...settings, TEMPORAL_API_KEY: 'another' });
    expect([code, stderr]).toEqual([2, expect.stringContaining('refuses us (Request unauthorized.)')]);
    expect([...passed]).toEqual([]);
  });

  it('whoever has a client certificate', async () => {
    const wanted = { requestCert: true, rejectUnauthorized: true, ca: authority.cert };
    const port = await startTlsFront(lab.address, { ...server, ...wanted });
    const client = authority.issue(['DNS:client']);
    await runJob({
      TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: trusted,
      TEMPORAL_TLS_CLIENT_CERT_PATH: await file('tls.crt', client.cert),
      TEMPORAL_TLS_CLIENT_KEY_PATH: await file('tls.key', client.key),
    });
  });
});

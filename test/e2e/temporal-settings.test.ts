import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeAuthority, type Authority, type Identity } from '../support/certificates.js';
import { CANARY_TOKEN, GOES_ON, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import type { Environment } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';
import { startRefusingServer, startTlsFront } from '../support/tls-front.js';

const DAY_MS = 86_400_000;

let lab: CliLab;
let authority: Authority;
/** Of a server on this machine. */
let server: Identity;

beforeAll(async () => {
  lab = await openCliLab();
  authority = makeAuthority();
  server = authority.issue(['DNS:localhost', 'IP:127.0.0.1']);
});
afterAll(async () => {
  await lab.close();
});

/** A command, and a worker, with the same settings. */
async function both(env: Environment): Promise<{ code: number | null; stderr: string }[]> {
  const keboola = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN };
  const ends = await Promise.all([
    lab.run(['list'], env),
    lab.run(['worker', '--log-level', 'ERROR'], { ...keboola, ...env }),
  ]);
  return ends.map(({ code, stderr }) => ({ code, stderr: withoutWarning(stderr) }));
}

/** The SDK gives an address of numbers to Node as the name of a server, of which Node tells; a worker has a last word of its own. */
function withoutWarning(stderr: string): string {
  return stderr.replace(/^\(.*(DEP0123|trace-deprecation).*\n/gm, '').replace(`${GOES_ON}\n`, '');
}

/** What both say, once they have said the same: on a busy machine one of them may have found nothing but silence. */
async function saidBy(env: Environment): Promise<{ code: number | null; stderr: string }> {
  return await eventually(async () => {
    const [command, worker] = await both(env);
    expect(worker).toEqual(command);
    expect(command?.stderr.trim().split('\n')).toHaveLength(1);
    return command as { code: number | null; stderr: string };
  });
}

async function file(text: string): Promise<string> {
  const path = join(await tempFolder(), 'file');
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

/** Settings for TLS in front of the real server. */
async function secured(options: TlsOptions, trusted = authority.cert): Promise<Environment> {
  const port = await startTlsFront(lab.address, options);
  return { TEMPORAL_ADDRESS: `127.0.0.1:${port}`, TEMPORAL_TLS_SERVER_CA_CERT_PATH: await file(trusted) };
}

async function withClient({ cert, key }: Identity): Promise<Environment> {
  return { TEMPORAL_TLS_CLIENT_CERT_PATH: await file(cert), TEMPORAL_TLS_CLIENT_KEY_PATH: await file(key) };
}

/** A server that wants a certificate of ours; each version of TLS refuses in another moment. */
const picky = (maxVersion: TlsOptions['maxVersion']): TlsOptions => ({
  ...server,
  requestCert: true,
  rejectUnauthorized: true,
  ca: authority.cert,
  ...(maxVersion && { maxVersion }),
});

describe('Temporal behind TLS', () => {
  it('is spoken to with the right certificates', async () => {
    const client = await withClient(authority.issue(['DNS:client']));
    const { code, stderr } = await lab.run(['list', '--component', 'nobody.has-it'], {
      ...(await secured(picky('TLSv1.3'))),
      ...client,
    });
    expect(withoutWarning(stderr)).toBe('');
    expect(code).toBe(0);
  });

  it('is told from one that is away, where the settings are plain', async () => {
    const { TEMPORAL_ADDRESS = '' } = await secured(server);
    const { code, stderr } = await saidBy({ TEMPORAL_ADDRESS });
    expect(stderr).toBe(
      `TemporalUnreachable: Cannot reach Temporal at ${TEMPORAL_ADDRESS}: it speaks TLS, and these settings do not. ` +
        'Set TEMPORAL_TLS=true, and TEMPORAL_TLS_SERVER_CA_CERT_PATH where its certificate is from an authority of your own.\n',
    );
    expect(code).toBe(7);
  });

  it.each([{ TEMPORAL_TLS: 'true' }, { TEMPORAL_API_KEY: 'key' }])(
    'is what settings want of a server that has none: %j',
    async (env) => {
      const { code, stderr } = await saidBy({ TEMPORAL_ADDRESS: lab.address, ...env });
      expect(stderr).toContain('it speaks no TLS, and these settings do. Set TEMPORAL_TLS=false, or unset');
      expect(code).toBe(7);
    },
  );

  it('has a certificate of an authority that nobody here knows, and that is said', async () => {
    const { code, stderr } = await saidBy(await secured(server, makeAuthority().cert));
    expect(stderr).toContain('its certificate is signed by nobody who is trusted here');
    expect(stderr).toContain('Set TEMPORAL_TLS_SERVER_CA_CERT_PATH to the certificate of the authority');
    expect(code).toBe(7);
  });

  it('has a certificate for another name, and both names are told', async () => {
    const { code, stderr } = await saidBy(await secured(authority.issue(['DNS:temporal.example'])));
    expect(stderr).toContain('its certificate is for temporal.example, not for the name that was asked for');
    expect(stderr).toContain('TEMPORAL_TLS_SERVER_NAME to a name of the certificate, instead of 127.0.0.1');
    expect(code).toBe(7);
  });

  it('has a certificate that has expired', async () => {
    const old = authority.issue(['IP:127.0.0.1'], new Date(Date.now() - DAY_MS));
    const { code, stderr } = await saidBy(await secured(old));
    expect(stderr).toContain("its certificate is not valid today (CERT_HAS_EXPIRED). Renew the server's certificate");
    expect(code).toBe(7);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('wants a client certificate, over %s', async (version) => {
    const { code, stderr } = await saidBy(await secured(picky(version)));
    expect(stderr).toContain('it wants a client certificate. Set TEMPORAL_TLS_CLIENT_CERT_PATH and');
    expect(code).toBe(7);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'refuses a client certificate that has expired, over %s',
    async (version) => {
      const old = await withClient(authority.issue(['DNS:client'], new Date(Date.now() - DAY_MS)));
      const { code, stderr } = await saidBy({ ...(await secured(picky(version))), ...old });
      expect(stderr).toContain('it refuses the client certificate, which has expired');
      expect(code).toBe(7);
    },
  );

  it('refuses a client certificate of a foreign authority', async () => {
    const foreign = await withClient(makeAuthority().issue(['DNS:client']));
    const { code, stderr } = await saidBy({ ...(await secured(picky(undefined))), ...foreign });
    expect(stderr).toContain('it refuses the client certificate (');
    expect(code).toBe(7);
  });

  it('refuses an API key in its own words, with advice', async () => {
    const port = await startRefusingServer(server);
    const { code, stderr } = await saidBy({
      TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: await file(authority.cert),
      TEMPORAL_API_KEY: 'wrong',
    });
    expect(stderr).toMatch(/^TemporalRefused: .*refuses us \(Request unauthorized\.\)\. Check that TEMPORAL_API_KEY/);
    expect(stderr).not.toContain('dev');
    expect(code).toBe(2);
  });

  it('is not what a web server is, and the port of the Web UI is told from that of Temporal', async () => {
    const web = createServer((_, answer) => answer.end('<html>'));
    await new Promise<void>((listens) => web.listen(0, '127.0.0.1', listens));
    onTestFinished(() => void web.close());
    const { port } = web.address() as AddressInfo;
    const { code, stderr } = await saidBy({ TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
    expect(stderr).toContain('a web server answers there, not Temporal. Set TEMPORAL_ADDRESS to the port of its gRPC');
    expect(code).toBe(7);
  });
});

describe('a namespace that does not exist', () => {
  const anything: [string[]][] = [
    [['list']],
    [['status', '1']],
    [['status', 'w']],
    [['run', 'ex-db', 'sampledatabase']],
    [['components']],
    [['logs', 'w']],
    [['cancel', 'w']],
    [['wait', '5']],
    [['setup']],
    [['export', 'in.c-main.orders']],
    [['worker', '--log-level', 'ERROR']],
  ];

  it.each(anything)('is told in one sentence, with 2, by %j', async (args) => {
    const keboola = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN };
    const { code, stderr } = await lab.run(args, { ...keboola, TEMPORAL_NAMESPACE: 'nowhere' });
    expect(withoutWarning(stderr)).toBe(
      `NoSuchNamespace: Temporal at ${lab.address} has no namespace "nowhere". Set TEMPORAL_NAMESPACE to one of its own, ` +
        `or make this one: temporal operator namespace create --address ${lab.address} --namespace nowhere\n`,
    );
    expect(code).toBe(2);
  });

  it('is told by `doctor` in the same words, and with the same code', async () => {
    const env = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, TEMPORAL_NAMESPACE: 'nowhere' };
    const { code, stdout } = await lab.run(['doctor'], env);
    expect(stdout).toContain(`FAIL  Temporal: Temporal at ${lab.address} has no namespace "nowhere". Set`);
    expect(code).toBe(2);
  });
});

import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { closedPort, startSilentServer } from '../support/broken-servers.js';
import { CANARY_TOKEN, GOES_ON, openCliLab, type CliLab } from '../support/cli-lab.js';
import type { Environment, ProcessEnd } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

const KEY = Buffer.alloc(32, 7).toString('base64');

let lab: CliLab;
const keboola = (): Environment => ({ KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN });

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

/** A file as a worker reads it. */
async function file(name: string, text: string): Promise<string> {
  const path = join(await tempFolder(), name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

async function refused(args: readonly string[], env: Environment = {}): Promise<ProcessEnd> {
  return await lab.run(['worker', '--log-level', 'ERROR', ...args], { ...keboola(), ...env });
}

describe('a worker that is to stop before it has begun', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('leaves at %s with %i, although Temporal does not answer yet', async (signal, code) => {
    const TEMPORAL_ADDRESS = `127.0.0.1:${await startSilentServer()}`;
    const worker = lab.start(['worker'], { ...keboola(), TEMPORAL_ADDRESS });
    await worker.says('Settings:');
    const end = await worker.signal(signal).end(60_000);
    expect(end).toMatchObject({ code, signal: null });
    expect(end.stderr).toContain('Interrupted: the worker was stopped before it started; it took on no work.');
  });
});

describe('a worker that logs JSON', () => {
  it.each<[string, (port: number) => { args?: string[]; env?: Environment }, string, number]>([
    ['Temporal is away', (port) => ({ env: { TEMPORAL_ADDRESS: `127.0.0.1:${port}` } }), 'TemporalUnreachable: ', 7],
    ['the namespace is none', () => ({ args: ['--namespace', 'nowhere'] }), 'NoSuchNamespace: ', 2],
    ['its profile is none', () => ({ env: { TEMPORAL_PROFILE: 'none' } }), 'SettingsError: Profile', 2],
    ['an option is wrong', () => ({ args: ['--health-port', 'x'] }), "UsageError: option '--health-port <n>'", 2],
    ['its token is refused', () => ({ args: ['--strict'], env: { KBC_TOKEN: 'no' } }), 'ConnectionRefused: ', 2],
    ['a port is none of ours', () => ({ args: ['--health-port', '1', '--health-host', '203.0.113.7'] }), 'cannot', 2],
  ])('does so to its last line, where %s', async (_, told, words, exit) => {
    const { args = [], env = {} } = told(await closedPort());
    const { code, stderr } = await lab.run(['worker', ...args], { ...keboola(), KEBOOLA_LOG_FORMAT: 'json', ...env });
    expect(code).toBe(exit);
    const events = linesOf(stderr);
    expect(events.at(-1)).toMatchObject({ level: 'ERROR', message: expect.stringContaining(words) as string });
    expect(Date.parse(events.at(-1)?.time ?? '')).toBeGreaterThan(0);
  });

  it('does so also where Node.js, or we by it, have to warn', async () => {
    const keys = await file('keys.json', JSON.stringify({ encryptWith: 'a', keys: { a: KEY } }));
    await chmod(keys, 0o644);
    const config = await file('worker.yaml', 'logFormat: json\n');
    const env = { KEBOOLA_PAYLOAD_KEYS_FILE: keys, TEMPORAL_ADDRESS: `127.0.0.1:${await closedPort()}` };
    const { stderr } = await lab.run(['worker', '--config-file', config], { ...keboola(), ...env });
    expect(linesOf(stderr)).toContainEqual(
      expect.objectContaining({ level: 'WARN', message: expect.stringContaining('chmod 600 it.') as string }),
    );
  });
});

/** Fails where a line is no object. */
function linesOf(stderr: string): { time: string; level: string; message: string }[] {
  const lines = stderr.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as ReturnType<typeof linesOf>[number]);
}

describe('`worker --json`', () => {
  it('prints one document when it is up, with what is in force, and its log stays a log', async () => {
    const [health, metrics] = [await freePort(), await freePort()];
    const env = {
      KEBOOLA_PAYLOAD_KEYS: JSON.stringify({ encryptWith: 'new', keys: { new: KEY, old: KEY } }),
      KEBOOLA_TASK_QUEUE: lab.unique('json'),
    };
    const args = ['--json', '--identity', 'w-1', '--health-port', `${health}`, '--metrics-port', `${metrics}`];
    const worker = lab.start(['worker', ...args], { ...keboola(), ...env });
    await worker.says(/"payloadKeys"[^]*\n\}\n$/);
    const { code, stdout, stderr } = await worker.signal('SIGTERM').end();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      taskQueue: env.KEBOOLA_TASK_QUEUE,
      namespace: 'default',
      address: lab.address,
      identity: 'w-1',
      settings: expect.arrayContaining([
        { name: 'identity', value: 'w-1', source: '--identity' },
        { name: 'payloadKeys', value: 'new, old', source: 'environment' },
      ]) as unknown,
      healthUrl: `http://127.0.0.1:${health}`,
      metricsUrl: `http://127.0.0.1:${metrics}/metrics`,
      payloadKeys: { encryptWith: 'new', ids: ['new', 'old'] },
    });
    expect(stdout).not.toContain(KEY);
    expect(stderr).toContain('Worker on task queue');
  });

  it('tells by which name Temporal knows it where nobody has said one, and of no ports that there are not', async () => {
    const worker = lab.start(['worker', '--json'], { ...keboola(), KEBOOLA_TASK_QUEUE: lab.unique('json') });
    await worker.says(/"payloadKeys"[^]*\n\}\n$/);
    const { stdout } = await worker.signal('SIGTERM').end();
    const told = JSON.parse(stdout) as Record<string, unknown>;
    expect(told['identity']).toMatch(new RegExp(`^${worker.pid}@.`));
    expect(told['payloadKeys']).toEqual({ encryptWith: null, ids: [] });
    expect(Object.keys(told)).not.toContain('healthUrl');
    expect(Object.keys(told)).not.toContain('metricsUrl');
  });

  it('prints its failure in place of it, with what goes on', async () => {
    const { code, stdout } = await refused(['--json', '--namespace', 'nowhere']);
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout) as { error: { type: string; message: string } };
    expect(error).toMatchObject({ type: 'NoSuchNamespace', exitCode: 2 });
    expect(error.message.split('\n')).toEqual([expect.stringContaining('Set --namespace to one of its own'), GOES_ON]);
  });
});

describe('a worker that cannot begin', () => {
  it.each<[string, string[], Environment]>([
    ['its namespace', ['--namespace', 'nowhere'], {}],
    ['its profile', [], { TEMPORAL_PROFILE: 'none' }],
    ['the keys of payloads', [], { KEBOOLA_PAYLOAD_KEYS: '{}' }],
    ['an address that the machine does not have', ['--health-port', '0', '--health-host', '203.0.113.7'], {}],
  ])('over %s says what goes on, as its last line', async (_, args, env) => {
    const { code, stderr } = await refused(args, env);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n').at(-1)).toBe(GOES_ON);
  });

  it('names the option of an address that the machine does not have, before it has asked Temporal', async () => {
    const TEMPORAL_ADDRESS = `127.0.0.1:${await closedPort()}`;
    const port = await freePort();
    const { code, stderr } = await refused(['--health-port', `${port}`, '--health-host', '203.0.113.7'], {
      TEMPORAL_ADDRESS,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/CannotListenError: .*203\.0\.113\.7 \(.*EADDRNOTAVAIL.*\); pass another --health-host/);
  });
});

describe('where a worker is told of Temporal', () => {
  it('is what it judges, and nothing that it wins over', async () => {
    const env = { ...keboola(), TEMPORAL_ADDRESS: 'https://junk', KEBOOLA_TASK_QUEUE: lab.unique('typed') };
    const worker = lab.start(['worker', '--address', lab.address], env);
    await worker.says('Worker on task queue');
    expect(await worker.signal('SIGTERM').end()).toMatchObject({ code: 0 });
  });

  it.each<[string, string, string]>([
    ['--address', 'https://junk', '--address is host:port, for example 127.0.0.1:7233, and not "https://junk".'],
    ['--namespace', 'nowhere', 'Set --namespace to one of its own'],
  ])('is named by the option %s', async (option, value, words) => {
    const { code, stderr } = await refused([option, value]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(stderr).not.toContain('TEMPORAL_');
  });

  it('is named by its file', async () => {
    const config = await file('worker.yaml', 'namespace: nowhere\n');
    const { stderr } = await refused(['--config-file', config]);
    expect(stderr).toContain(`Set namespace in ${config} to one of its own`);
  });

  it("is named by Temporal's own profile", async () => {
    const profiles = await file('temporal.toml', `[profile.default]\naddress = "https://junk"\n`);
    const { stderr } = await refused([], { TEMPORAL_CONFIG_FILE: profiles, TEMPORAL_ADDRESS: '' });
    expect(stderr).toContain("address in Temporal's profile is host:port");
  });
});

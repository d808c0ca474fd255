import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addWorkerOptions, type WorkerCommandOptions } from '../../../src/cli/options/worker-options.js';
import { effectiveSettings, settingsText } from '../../../src/cli/service/effective-settings.js';
import { takeFromFile } from '../../../src/cli/service/worker-file.js';
import { SettingsError } from '../../../src/input/settings-error.js';
import { readSettings } from '../../../src/settings.js';
import { tempFolder } from '../../support/temp-folder.js';

const NO_FILES = { importHosts: [] };
const NO_FOLDER = { XDG_CONFIG_HOME: '/none', APPDATA: '/none', HOME: '/none' };

/** The options of a worker with such a file and such a command line. */
async function withFile(text: string, args: string[] = [], name = 'worker.yaml'): Promise<Command> {
  const file = join(await tempFolder(), name);
  await writeFile(file, text);
  const command = addWorkerOptions(new Command('worker')).exitOverride();
  await command.action(() => undefined).parseAsync(args, { from: 'user' });
  takeFromFile(command, file);
  return command;
}

afterEach(() => void vi.unstubAllEnvs());

async function problemOf(text: string, name?: string): Promise<string> {
  const error: unknown = await withFile(text, [], name).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SettingsError);
  return (error as SettingsError).message.replaceAll(/^.*\/worker/gm, 'worker');
}

describe('a file of settings', () => {
  it('is read as YAML and as JSON, by the names of the options', async () => {
    const yaml = 'taskQueue: nightly\nmaxConcurrentActivities: 7 # few\nstrict: true\nlogFormat: json\n';
    const wanted = { taskQueue: 'nightly', maxConcurrentActivities: 7, strict: true, logFormat: 'json' };
    expect((await withFile(yaml)).opts()).toMatchObject(wanted);
    expect((await withFile(JSON.stringify(wanted), [], 'worker.json')).opts()).toMatchObject(wanted);
  });

  it('gives way to what is typed, and wins over a default', async () => {
    const command = await withFile('logLevel: WARN\nidentity: of-file\n', ['--identity', 'typed']);
    expect(command.opts<WorkerCommandOptions>()).toMatchObject({ logLevel: 'WARN', identity: 'typed' });
    expect((await withFile('strict: true', ['--strict', 'false'])).opts()).toMatchObject({ strict: false });
  });

  it('wins over a variable that is empty, which counts as unset', async () => {
    for (const name of ['KEBOOLA_TASK_QUEUE', 'KEBOOLA_STRICT', 'KEBOOLA_HEALTH_PORT']) vi.stubEnv(name, ' ');
    const file = 'taskQueue: of-file\nhealthPort: 9000\n';
    expect((await withFile(file)).opts()).toMatchObject({ taskQueue: 'of-file', healthPort: 9000 });
    expect((await withFile(file)).opts()).not.toHaveProperty('strict');
    vi.stubEnv('KEBOOLA_TASK_QUEUE', 'of-variable');
    expect((await withFile(file)).opts()).toMatchObject({ taskQueue: 'of-variable' });
  });

  it('names every mistake with its place and what would be right', async () => {
    const text =
      'taskQueue: 7\nmaxConcurentActivities: 3\nhealthPort: "9000"\nlogLevel: LOUD\nstrict: maybe\nidentity: [a]\n';
    expect((await problemOf(text)).split('\n')).toEqual([
      'worker.yaml:1:1 taskQueue: expected a string, not a number.',
      'worker.yaml:2:1 maxConcurentActivities: there is no such setting. Did you mean "maxConcurrentActivities"?',
      'worker.yaml:3:1 healthPort: expected a number, not a string.',
      'worker.yaml:4:1 logLevel: expected one of TRACE, DEBUG, INFO, WARN, ERROR.',
      'worker.yaml:5:1 strict: Expected true or false.',
      'worker.yaml:6:1 identity: expected one plain value.',
    ]);
  });

  it.each([
    ['- a\n', 'is not a map of settings'],
    ['taskQueue: a\ntaskQueue: b\n', ':2:1'],
    ['taskQueue: "a\n', 'worker.yaml:'],
    ['configFile: other.yaml\n', 'there is no such setting'],
    ['metricsPort: "0.0.0.0:9464"\n', 'say where with --metrics-host'],
    ['address: ""\n', 'worker.yaml:1:1 address: is empty.'],
    ['identity: " "\n', 'worker.yaml:1:1 identity: is empty.'],
    ['maxCachedWorkflows: 1\n', 'Expected a whole number from 2 to 1000000'],
  ])('is refused: %j', async (text, words) => {
    expect(await problemOf(text)).toContain(words);
  });

  it('may say with an empty endpoint that nothing is sent', async () => {
    expect((await withFile('otlpEndpoint: ""\n')).opts()).toMatchObject({ otlpEndpoint: '' });
  });

  it('may be empty', async () => {
    expect((await withFile('# nothing yet\n')).opts()).toMatchObject({ logLevel: 'INFO' });
  });
});

describe('the settings in force', () => {
  it('are told with where each is from, and no token is among them', async () => {
    const command = await withFile('logLevel: WARN\n', ['--health-port', '9000']);
    const settings = readSettings({
      ...NO_FOLDER,
      KBC_URL: 'https://me:canary-secret@k.example/x',
      KBC_TOKEN: 'canary-token',
    });
    const effective = effectiveSettings(command, settings, NO_FILES);
    expect(effective).toContainEqual({ name: 'logLevel', value: 'WARN', source: 'file' });
    expect(effective).toContainEqual({ name: 'healthPort', value: 9000, source: '--health-port' });
    expect(effective).toContainEqual({ name: 'metricsHost', value: '127.0.0.1', source: 'default' });
    expect(effective).toContainEqual({ name: 'taskQueue', value: 'keboola', source: 'default' });
    expect(effective).toContainEqual({ name: 'connection default', value: 'https://k.example', source: 'environment' });
    expect(settingsText(effective)).not.toContain('canary');
    expect(settingsText(effective)).toMatch(/^ {2}logLevel +WARN +file$/m);
  });

  it('tell where files are, and to whom one speaks without TLS', async () => {
    const env = { ...NO_FOLDER, KBC_URL: 'http://lab:80', KBC_TOKEN: 'x', KBC_ALLOW_HTTP_HOSTS: 'lab, other' };
    const files = { folder: '/data', importHosts: ['a.example', 'b.example:8443'] };
    const effective = effectiveSettings(await withFile(''), readSettings(env), files);
    expect(effective).toContainEqual({ name: 'plain http default', value: 'lab, other', source: 'environment' });
    expect(effective).toContainEqual({ name: 'filesFolder', value: '/data', source: 'KEBOOLA_FILES_DIR' });
    const importHosts = { name: 'importHosts', value: 'a.example, b.example:8443', source: 'KEBOOLA_IMPORT_HOSTS' };
    expect(effective).toContainEqual(importHosts);
    const none = effectiveSettings(await withFile(''), readSettings(NO_FOLDER), NO_FILES);
    expect(none).toContainEqual({ name: 'filesFolder', value: 'none', source: 'default' });
  });

  it("tell what is from a profile of Temporal's, and what only looks like it", async () => {
    const file = join(await tempFolder(), 'temporal.toml');
    await writeFile(file, '[profile.default]\naddress = "t.example:7233"\nnamespace = "etl"\n');
    const command = await withFile('', ['--namespace', 'typed']);
    const settings = readSettings({ ...NO_FOLDER, TEMPORAL_CONFIG_FILE: file, TEMPORAL_NAMESPACE: 'typed' });
    const effective = effectiveSettings(command, settings, NO_FILES);
    expect(effective).toContainEqual({ name: 'address', value: 't.example:7233', source: 'profile' });
    expect(effective).toContainEqual({ name: 'namespace', value: 'typed', source: '--namespace' });
  });

  it('tell the keys of payloads by their names alone', async () => {
    const key = Buffer.alloc(32, 'canary').toString('base64');
    const keys = JSON.stringify({ encryptWith: 'new', keys: { old: key, new: key } });
    const told = async (env: Record<string, string>) =>
      effectiveSettings(await withFile(''), readSettings({ ...NO_FOLDER, ...env }), NO_FILES);
    const effective = await told({ KEBOOLA_PAYLOAD_KEYS: keys });
    expect(effective).toContainEqual({ name: 'payloadKeys', value: 'old, new', source: 'environment' });
    expect(effective).toContainEqual({ name: 'payloadsEncryptedWith', value: 'new', source: 'environment' });
    expect(JSON.stringify(effective)).not.toContain(key);
    expect(await told({})).toContainEqual({ name: 'payloadsEncryptedWith', value: 'none', source: 'default' });
  });

  const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
  const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  const SECRET = 'https://me:canary@otel.example/in?key=canary#canary';
  it.each([
    ['none of both by default', {}, ['none', 'default'], ['none', 'default']],
    ['the origin of both', { [ENDPOINT]: 'http://o:4318/x' }, ['http://o:4318', ENDPOINT], ['http://o:4318', ENDPOINT]],
    ['a place of one alone', { [TRACES]: 'http://t:4318/canary' }, ['http://t:4318', TRACES], ['none', 'default']],
    [
      'none where it is switched off',
      { [ENDPOINT]: SECRET, OTEL_SDK_DISABLED: 'true' },
      ['none', 'OTEL_SDK_DISABLED'],
      ['none', 'OTEL_SDK_DISABLED'],
    ],
    [
      'none of what nobody wants',
      { [ENDPOINT]: SECRET, OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' },
      ['none', 'OTEL_TRACES_EXPORTER'],
      ['none', 'OTEL_LOGS_EXPORTER'],
    ],
  ])('tell where traces and logs go, and nothing that lets anybody in: %s', async (_, env, traces, logs) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const effective = effectiveSettings(await withFile(''), readSettings({ ...NO_FOLDER, ...env }), NO_FILES);
    expect(effective).toContainEqual({ name: 'tracesTo', value: traces[0], source: traces[1] });
    expect(effective).toContainEqual({ name: 'logsTo', value: logs[0], source: logs[1] });
    expect(JSON.stringify(effective)).not.toContain('canary');
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addWorkerOptions, type WorkerCommandOptions } from '../../../src/cli/options/worker-options.js';
import { effectiveSettings, settingsText } from '../../../src/cli/service/effective-settings.js';
import { takeFromFile } from '../../../src/cli/service/worker-file.js';
import { SettingsError } from '../../../src/input/settings-error.js';
import { readSettings } from '../../../src/settings.js';
import { tempFolder } from '../../support/temp-folder.js';

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
    ['- a\n', 'is no map of settings'],
    ['taskQueue: a\ntaskQueue: b\n', ':2:1'],
    ['taskQueue: "a\n', 'worker.yaml:'],
    ['configFile: other.yaml\n', 'there is no such setting'],
    ['metricsPort: "0.0.0.0:9464"\n', 'say where with --metrics-host'],
    ['maxCachedWorkflows: 1\n', 'Expected a whole number from 2 to 1000000'],
  ])('is refused: %j', async (text, words) => {
    expect(await problemOf(text)).toContain(words);
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
    const effective = effectiveSettings(command, settings);
    expect(effective).toContainEqual({ name: 'logLevel', value: 'WARN', source: 'file' });
    expect(effective).toContainEqual({ name: 'healthPort', value: 9000, source: '--health-port' });
    expect(effective).toContainEqual({ name: 'metricsHost', value: '127.0.0.1', source: 'default' });
    expect(effective).toContainEqual({ name: 'taskQueue', value: 'keboola', source: 'default' });
    expect(effective).toContainEqual({ name: 'connection default', value: 'https://k.example', source: 'environment' });
    expect(settingsText(effective)).not.toContain('canary');
    expect(settingsText(effective)).toMatch(/^ {2}logLevel +WARN +file$/m);
  });
});

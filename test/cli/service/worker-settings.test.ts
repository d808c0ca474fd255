import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addWorkerOptions } from '../../../src/cli/options/worker-options.js';
import { effectiveSettings } from '../../../src/cli/service/effective-settings.js';
import { workerSettings } from '../../../src/cli/service/worker-settings.js';
import { tempFolder } from '../../support/temp-folder.js';

const GENERAL = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
const FILE = 'otlpEndpoint: http://file:4318\n';
const NO_FILES = { importHosts: [] };
const TYPED = ['--otlp-endpoint', 'http://typed:4318'];

interface Said {
  file?: string;
  env?: Record<string, string>;
  args?: string[];
}

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('OTEL_'))) vi.stubEnv(name, '');
});
afterEach(() => void vi.unstubAllEnvs());

/** Where a worker that is told so sends traces and logs, and by what. */
async function targetsOf({ file = '', env = {}, args = [] }: Said): Promise<Record<string, unknown>> {
  const path = join(await tempFolder(), 'worker.yaml');
  await writeFile(path, file);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const command = addWorkerOptions(new Command('worker')).exitOverride();
  await command.action(() => undefined).parseAsync([...args, '--config-file', path], { from: 'user' });
  const { settings } = workerSettings(command);
  const effective = effectiveSettings(command, settings, NO_FILES);
  const told = (wanted: string) => effective.find(({ name }) => name === wanted);
  const [traces, logs] = [told('tracesTo'), told('logsTo')];
  expect([settings.otlp.tracesUrl ?? 'none', settings.otlp.logsUrl ?? 'none']).toEqual([
    expect.stringContaining(String(traces?.value)),
    expect.stringContaining(String(logs?.value)),
  ]);
  return { [String(traces?.value)]: traces?.source, [`logs ${logs?.value}`]: logs?.source };
}

describe('where a worker sends traces and logs', () => {
  it.each<[string, Said, Record<string, string>]>([
    ['the file', { file: FILE }, { 'http://file:4318': 'file', 'logs http://file:4318': 'file' }],
    [
      'a variable before the file',
      { file: FILE, env: { [GENERAL]: 'http://variable:4318' } },
      { 'http://variable:4318': GENERAL, 'logs http://variable:4318': GENERAL },
    ],
    [
      'a variable of one of both before the file',
      { file: FILE, env: { [TRACES]: 'http://traces:4318' } },
      { 'http://traces:4318': TRACES, 'logs http://file:4318': 'file' },
    ],
    [
      'the option before all',
      { file: FILE, env: { [GENERAL]: 'http://variable:4318', [TRACES]: 'http://traces:4318' }, args: TYPED },
      { 'http://typed:4318': '--otlp-endpoint', 'logs http://typed:4318': '--otlp-endpoint' },
    ],
    [
      'the option also with nothing in it',
      { file: FILE, env: { [GENERAL]: 'http://variable:4318' }, args: ['--otlp-endpoint', ''] },
      { none: 'default', 'logs none': 'default' },
    ],
  ])('says %s', async (_, said, targets) => {
    expect(await targetsOf(said)).toEqual(targets);
  });
});

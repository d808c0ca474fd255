import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { temporalCli } from './temporal.js';

/** Where and with what the figures came about. */
export async function machine() {
  const { version, dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return {
    package: version,
    node: process.version,
    sdk: dependencies['@temporalio/worker'],
    temporal: execFileSync(await temporalCli(), ['--version'])
      .toString()
      .trim(),
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGib: Math.round(totalmem() / 1024 ** 3),
    kernel: release(),
  };
}

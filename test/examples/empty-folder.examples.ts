import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { reportTo } from '../../src/dev/report.js';
import { eventually } from '../support/eventually.js';
import { Processes } from '../support/processes.js';
import { required } from '../support/required.js';
import { openPane } from '../support/tmux.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What is promised of a machine that has nothing else to do. */
const FIRST_RESULT_MS_MAX = 10_000;
/** How long such a machine takes to say which version this is. */
const VERSION_MS = 1_000;
/** It installs from a registry. */
const timeout = 600_000;
const run = promisify(execFile);

it(
  'in an empty folder the tarball gives a first result within 10 s, with `dev` in one terminal and `run` in another',
  { timeout },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keboola-temporal-empty-'));
    const { PATH = '', HOME = '' } = process.env;
    const { cli: TEMPORAL_CLI_PATH } = required(inject('devServer'));
    const env = { PATH, HOME, TEMPORAL_CLI_PATH };
    const processes = new Processes(env);
    onTestFinished(async () => {
      await processes.close();
      await rm(folder, { recursive: true, force: true });
    });
    const tarball = join(folder, await packed(folder));
    // Strict, so that no dependency of a dependency asks for a newer Node.js than the package does.
    await run('npm', ['install', '--engine-strict', '--no-audit', '--no-fund', tarball], { cwd: folder });
    const npx = (...args: string[]): string[] => [
      'sh',
      '-c',
      'cd "$0" && exec npx --no-install keboola-temporal "$@"',
      folder,
      ...args,
    ];
    const [port, uiPort, sandboxPort] = [await freePort(), await freePort(), await freePort()].map(String);
    const ports = ['--port', `${port}`, '--ui-port', `${uiPort}`, '--sandbox-port', `${sandboxPort}`];
    const dev = await openPane(npx('dev', ...ports), { columns: 120, rows: 50 }, env);
    onTestFinished(() => dev.close());
    await eventually(async () => expect((await dev.screen()).join('\n')).toContain('Ctrl-C stops everything.'));
    const timed = async (...args: string[]): Promise<{ ms: number; stdout: string }> => {
      const startedMs = performance.now();
      const end = await processes.start('env', npx(...args), { TEMPORAL_ADDRESS: `127.0.0.1:${port}` }).end();
      expect(end).toMatchObject({ code: 0 });
      return { ms: performance.now() - startedMs, stdout: end.stdout };
    };
    const before = await timed('--version');
    const first = await timed('run', 'ex-db', 'sampledatabase');
    const after = await timed('--version');
    expect(first.stdout).toMatch(/^success · job \d+/);
    // A machine that takes longer to say the version has as much longer for the result.
    const slowness = Math.max(1, before.ms / VERSION_MS, after.ms / VERSION_MS);
    reportTo(process.stderr)(
      `first result ${Math.round(first.ms)} ms after the second command (bar: ${FIRST_RESULT_MS_MAX} ms; ` +
        `this machine is ${slowness.toFixed(1)} times as slow as an idle one)`,
    );
    expect(first.ms).toBeLessThanOrEqual(FIRST_RESULT_MS_MAX * slowness);
    await dev.press('C-c');
    // By which code is npm's own word.
    await dev.ended();
  },
);

/** @returns the name of the file. */
async function packed(folder: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [tarball] = JSON.parse(stdout) as { filename: string }[];
  return tarball?.filename ?? '';
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtInFixture, startSandbox } from '../../src/sandbox/index.js';
import { closeLater } from './support.js';

const FOLDER = fileURLToPath(new URL('../../examples/sandbox-python/', import.meta.url));

it('the Python example does what its README shows', { timeout: 60_000 }, async () => {
  const sandbox = closeLater(await startSandbox({ speed: 60, firstTicket: 186_985_832 }));
  const env = { PATH: process.env['PATH'], KBC_URL: sandbox.url, KBC_TOKEN: sandbox.token, POLL_SECONDS: '0.02' };
  const { stdout } = await promisify(execFile)('python3', ['run_and_kill.py'], { cwd: FOLDER, env, timeout: 50_000 });
  const readme = readFileSync(`${FOLDER}README.md`, 'utf8');
  expect(readme).toContain(stdout);
  expect(stdout).toBe('186985832 success Component processing finished.\n186985834 terminated\n');
  expect(sandbox.counters).toMatchObject({ posts: 2, jobs: 2, runs: 2, killsByJob: { 186985834: 1 } });
});

it('the Python example has at most forty lines or so, only the standard library, and the documented token', () => {
  const source = readFileSync(`${FOLDER}run_and_kill.py`, 'utf8');
  expect(source.split('\n').length).toBeLessThanOrEqual(50);
  const imports = [...source.matchAll(/^(?:import|from) (\S+)/gm)].map(([, name]) => name);
  expect(imports).toEqual(['json', 'os', 'time', 'urllib.request']);
  expect(source).toContain(builtInFixture.projects[0]?.tokens[0]?.token);
});

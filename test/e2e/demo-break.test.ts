import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Aftermath } from '../../demo/break/run-break.js';
import { ends } from '../dev/processes.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { descendants } from '../support/descendants.js';
import { eventually } from '../support/eventually.js';
import { tableRows } from '../support/document-tables.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';

const { cli: TEMPORAL_CLI_PATH } = required(inject('devServer'));
/** It takes more than a minute where nothing else runs. */
const DEMO_MS_MAX = 400_000;
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Of a Temporal Cloud and of a Keboola project that have nothing to do with the demonstration. */
async function ownersSettings(): Promise<Record<string, string>> {
  const file = join(await tempFolder(), 'connections.json');
  const connections = { default: { url: 'https://keboola.invalid', tokenEnv: 'NO_TOKEN' } };
  await writeFile(file, JSON.stringify({ connections }));
  return {
    TEMPORAL_ADDRESS: 'somewhere.invalid:7233',
    TEMPORAL_NAMESPACE: 'somewhere',
    TEMPORAL_API_KEY: 'no-key-at-all',
    TEMPORAL_TLS: 'true',
    KEBOOLA_TASK_QUEUE: 'somewhere',
    KBC_CONNECTIONS_FILE: file,
  };
}

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  expect(await lab.close()).toBe(0);
});

it('`demo --break` shows one job and none left for ours in every accident by both job APIs, as the README says', async () => {
  const demo = lab.start(['demo', '--break', '--json'], { TEMPORAL_CLI_PATH, ...(await ownersSettings()) });
  await eventually(() => expect(descendants(demo.pid).length).toBeGreaterThanOrEqual(2));
  const family = descendants(demo.pid);
  const { code, signal, stdout, stderr } = await demo.end(DEMO_MS_MAX);
  expect([code, signal], `${stdout.slice(0, 2_000)}\n${stderr}`).toEqual([0, null]);
  const { accidents } = JSON.parse(stdout) as { accidents: Aftermath[] };
  const ours = accidents.filter(({ side }) => side === 'keboola-temporal');
  const counted = ours.map(({ api, jobsCreated, jobsLeftRunning }) => [api, jobsCreated, jobsLeftRunning]);
  const promised = ['Syrup', 'Queue v2'].map((api) => [api, 1, 0]);
  expect(counted).toEqual([...promised, ...promised, ...promised]);
  for (const spoken of ['Syrup', 'Queue v2']) {
    const plain = accidents.filter(({ side, api }) => side === 'plain loop' && api === spoken);
    expect(plain.some(({ jobsCreated }) => jobsCreated > 1)).toBe(true);
    expect(plain.some(({ jobsLeftRunning }) => jobsLeftRunning > 0)).toBe(true);
  }
  const documented = tableRows(readme).filter(({ heading }) => heading === 'Why not a poll loop of your own');
  expect(documented.map(({ cells }) => cells)).toEqual(accidents.map((one, at) => cellsOf(one, documented[at]?.cells)));
  for (const pid of family) expect(await ends(pid)).toBe(true);
}, 450_000);

/** What a slow machine adds to the jobs that are made twice. */
const MORE_JOBS_MAX = 2;

/** As the README has them; where the machine is slow, the plain loop makes more jobs than it does there. */
function cellsOf(
  { accident, side, api, jobsCreated, jobsLeftRunning, told }: Aftermath,
  said: string[] = [],
): string[] {
  const documented = Number(said[3]);
  const isMore = jobsCreated > documented && jobsCreated <= documented + MORE_JOBS_MAX;
  const created = side === 'plain loop' && documented > 1 && isMore ? documented : jobsCreated;
  return [accident, side, api, created, jobsLeftRunning, told].map(String);
}

it('`demo --break` stops everything at Ctrl-C and leaves with 130', async () => {
  const demo = lab.start(['demo', '--break'], { TEMPORAL_CLI_PATH });
  await demo.says(/stop is pressed · \S+.* +stop is pressed/);
  const family = descendants(demo.pid);
  expect(family.length).toBeGreaterThanOrEqual(3);
  const { code, stderr } = await demo.signal('SIGINT').end();
  expect(code).toBe(130);
  expect(stderr).not.toMatch(/^ {4}at /m);
  for (const pid of family) expect(await ends(pid)).toBe(true);
});

it('`demo --break --keep` is refused, because nothing would stay up', async () => {
  const { code, stderr } = await lab.run(['demo', '--break', '--keep']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/--break.* cannot be used with .*--keep/);
});

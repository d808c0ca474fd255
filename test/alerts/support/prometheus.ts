import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../../src/dev/ports.js';
import { eventually } from '../../support/eventually.js';
import { Processes } from '../../support/processes.js';
import { tempFolder } from '../../support/temp-folder.js';
import { runPrometheusTool } from './promtool.js';

/** A real Prometheus that scrapes workers and evaluates rules each second. */
export interface Prometheus {
  /** Names of the alerts that fire now. */
  firing(): Promise<string[]>;
  /** Of each worker whether it could be scraped the last time, and why not. */
  targets(): Promise<string[]>;
  /** Has it scrape one more worker from now on; waits until it has. */
  add(port: number): Promise<void>;
  /** How many series a query answers. */
  count(query: string): Promise<number>;
  /** Waits until all rules were evaluated on what was scraped after now. */
  evaluated(): Promise<void>;
  close(): Promise<void>;
}

const EVERY = '1s';
const UP = ' up';
/** Which workers it scrapes; it reads the file again when it has changed. */
const TARGETS = 'targets.json';

/** @param ports of workers on this machine. @throws Error when it does not start. */
export async function startPrometheus(rules: string, ports: readonly number[]): Promise<Prometheus> {
  const folder = await tempFolder();
  const port = await freePort();
  await writeFile(join(folder, 'rules.yaml'), rules);
  // JSON is YAML, too.
  await writeFile(join(folder, 'prometheus.yaml'), JSON.stringify(configuration()));
  let known = ports;
  const tellTargets = (): Promise<void> =>
    writeFile(join(folder, TARGETS), JSON.stringify([{ targets: known.map(addressOf) }]));
  await tellTargets();
  await runPrometheusTool('prometheus', ['--version']);
  const processes = new Processes({ PATH: process.env['PATH'] ?? '' });
  const address = addressOf(port);
  const one = processes.start('prometheus', [
    `--config.file=${join(folder, 'prometheus.yaml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    '--log.level=warn',
  ]);
  const ask = async (path: string): Promise<unknown> => {
    const answer = await fetch(`http://${address}/api/v1/${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { data: unknown }).data;
  };
  await eventually(async () => {
    if (!one.isRunning) throw new Error(`Prometheus has ended: ${one.stderr}`);
    await ask('rules');
  });
  const count = async (query: string): Promise<number> => {
    const { result } = (await ask(`query?query=${encodeURIComponent(query)}`)) as { result: unknown[] };
    return result.length;
  };
  const targets = async (): Promise<string[]> => targetsOf(await ask('targets'));
  // It looks for them every five seconds only, and without any it says that there is no worker.
  const allUp = (): Promise<void> =>
    eventually(async () => {
      const seen = await targets();
      if (seen.filter((one) => one.endsWith(UP)).length < known.length) throw new Error(seen.join('\n'));
    });
  await allUp();
  await evaluated(ask);
  return {
    firing: async () => firingOf(await ask('alerts')),
    targets,
    async add(one) {
      known = [...known, one];
      await tellTargets();
      await allUp();
    },
    count,
    evaluated: () => evaluated(ask),
    close: async () => {
      await processes.close();
    },
  };
}

const addressOf = (port: number): string => `127.0.0.1:${port}`;

function configuration(): object {
  return {
    global: { scrape_interval: EVERY, evaluation_interval: EVERY, scrape_timeout: EVERY },
    rule_files: ['rules.yaml'],
    scrape_configs: [{ job_name: 'keboola-temporal', file_sd_configs: [{ files: [TARGETS], refresh_interval: '1s' }] }],
  };
}

function firingOf(data: unknown): string[] {
  const { alerts } = data as { alerts: { state: string; labels: { alertname: string } }[] };
  return [...new Set(alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname))];
}

function targetsOf(data: unknown): string[] {
  const { activeTargets } = data as { activeTargets: { scrapeUrl: string; health: string; lastError: string }[] };
  return activeTargets.map(({ scrapeUrl, health, lastError }) => `${scrapeUrl} ${health} ${lastError}`.trim());
}

/** A scrape, an evaluation, the longest time of an alert and one more evaluation later, which is when it fires at the latest. */
async function evaluated(ask: (path: string) => Promise<unknown>): Promise<void> {
  const sinceMs = Date.now() + 8_000;
  await eventually(async () => {
    const { groups } = (await ask('rules')) as { groups: { lastEvaluation: string }[] };
    const late = groups.filter(({ lastEvaluation }) => Date.parse(lastEvaluation) < sinceMs);
    if (groups.length === 0 || late.length > 0) throw new Error('not evaluated yet');
  });
}

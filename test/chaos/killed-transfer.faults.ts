import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, it } from 'vitest';
import type { ExportTableResult, ImportTableResult } from '../../src/job/storage/result.js';
import { storage } from '../sandbox/storage-support.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { tempFolder } from '../support/temp-folder.js';
import { Dice } from './support/dice.js';
import { inLanes } from './support/in-lanes.js';

const PROVIDERS = ['aws', 'azure', 'gcp'] as const;
type Provider = (typeof PROVIDERS)[number];

/** Of uploads and of downloads, per provider; so many times as many with `--seeds`. */
const INSTANTS = 10;
const DOWNLOAD_INSTANTS = 4;
/** Most of its time each of them waits for Temporal to notice that its worker is dead. */
const LANES = 5;
const RESTART_MS = 300;
/** Two parts or three, of few rows, so that the sandbox has little to do with them. */
const ROWS = 4_000;
const CSV = `"id","text"\n${Array.from({ length: ROWS }, (_, at) => `"${at}","${'x'.repeat(5_000)}"`).join('\n')}\n`;
const TABLE = 'in.c-main.orders';
/** Each call of an upload takes so long, and a download that its second half is so late: a kill meets each of them. */
const STEP_MS = 400;
const LATE_MS = 1_500;
/** From before the first activity to after the end of the job. */
const UPLOAD_MS_MAX = 4_000;
const DOWNLOAD_MS_MAX = 3_000;

interface Blow {
  provider: Provider;
  what: 'upload' | 'download';
  atMs: number;
}

/** What is there in the end, beside the rows. */
interface Left {
  rows: number;
  isSame: boolean;
  jobs: Record<string, number>;
  files: number;
  halves: string[];
}

const WHOLE: Left = {
  rows: ROWS,
  isSame: true,
  jobs: { tableCreate: 1, tableExport: 1 },
  // The one that was loaded, and the one that was exported.
  files: 2,
  halves: [],
};

/** A worker with its folder and a Keboola of its own; the one that is killed makes room for the next. */
class Lane {
  private worker: Awaited<ReturnType<CliLab['startWorker']>> | undefined;

  private constructor(
    private readonly lab: CliLab,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Lane> {
    const folder = await tempFolder();
    await writeFile(join(folder, 'orders.csv'), CSV);
    const lane = new Lane(await openCliLab(), folder);
    await lane.startWorker();
    return lane;
  }

  async close(): Promise<void> {
    await this.lab.close();
  }

  async survive({ provider, what, atMs }: Blow): Promise<Left> {
    const { sandbox } = this.lab;
    sandbox.reset();
    await rm(join(this.folder, 'back.csv'), { force: true });
    await sandbox.settings({ fileProvider: provider, searchLagSeconds: 0, storageJobSeconds: 0.5 });
    await storage(sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
    sandbox.faults.add({ route: 'upload', times: 'always', delayMs: STEP_MS });
    sandbox.faults.add({ route: 'download', times: 'always', slowBodyMs: LATE_MS });
    const load = { table: TABLE, source: { file: 'orders.csv' }, primaryKey: ['id'] };
    const importing = await start(this.lab, 'importTable', load);
    if (what === 'upload') await this.killAfter(atMs);
    const imported = (await importing.result()) as ImportTableResult;
    const exporting = await start(this.lab, 'exportTable', { table: TABLE, to: { file: 'back.csv' } });
    if (what === 'download') await this.killAfter(atMs);
    expect((await exporting.result()) as ExportTableResult).toMatchObject({ file: 'back.csv' });
    return {
      rows: imported.rows,
      isSame: (await readFile(join(this.folder, 'back.csv'), 'utf8')) === CSV,
      jobs: { ...sandbox.counters.storageJobsByOperation },
      files: (await storage<unknown[]>(sandbox, '/files')).json.length,
      halves: (await readdir(this.folder)).filter((name) => !['orders.csv', 'back.csv'].includes(name)),
    };
  }

  private async killAfter(ms: number): Promise<void> {
    await sleep(ms);
    await this.worker?.signal('SIGKILL').end();
    await sleep(RESTART_MS);
    await this.startWorker();
  }

  private async startWorker(): Promise<void> {
    const env = { KEBOOLA_FILES_DIR: this.folder, KBC_FILES_URL: this.lab.sandbox.url };
    this.worker = await this.lab.startWorker(env);
  }
}

function start(lab: CliLab, type: string, input: object): ReturnType<CliLab['temporal']['workflow']['start']> {
  return lab.temporal.workflow.start(type, {
    workflowId: lab.unique('killed-transfer'),
    taskQueue: lab.taskQueue,
    args: [input],
  });
}

function blows(seeds: number): Blow[] {
  const dice = new Dice(17);
  const spread = (provider: Provider, what: Blow['what'], count: number, msMax: number): Blow[] =>
    Array.from({ length: count }, (_, at) => ({
      provider,
      what,
      atMs: Math.round(((at + dice.next()) * msMax) / count),
    }));
  return PROVIDERS.flatMap((provider) => [
    ...spread(provider, 'upload', INSTANTS * seeds, UPLOAD_MS_MAX),
    ...spread(provider, 'download', DOWNLOAD_INSTANTS * seeds, DOWNLOAD_MS_MAX),
  ]);
}

it('a worker that is killed with -9 at any instant of a transfer loads the table once, exports it whole, and leaves nothing behind', async () => {
  const { seeds } = inject('sweeps').storage;
  const all = blows(seeds);
  const startedMs = Date.now();
  const lanes = await Promise.all(Array.from({ length: LANES }, () => Lane.open()));
  const free = [...lanes];
  const left = await inLanes(all, LANES, async (blow) => {
    const lane = free.pop() as Lane;
    const end = await lane.survive(blow);
    free.push(lane);
    return end;
  }).finally(() => Promise.all(lanes.map((lane) => lane.close())));
  const seconds = Math.round((Date.now() - startedMs) / 1_000);
  process.stdout.write(`\nkill -9 at ${all.length} instants of transfers, in ${seconds} s\n`);
  expect(all.map((blow, at) => ({ ...blow, left: left[at] }))).toEqual(all.map((blow) => ({ ...blow, left: WHOLE })));
}, 3_600_000);

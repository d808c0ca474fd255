import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { freePort } from '../../../src/dev/ports.js';
import { createClock, startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { GRPC } from '../../../src/temporal/grpc-cause.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../../support/cli-lab.js';
import { firstTicket } from '../../support/first-ticket.js';
import { startGrpcFront } from '../../support/grpc-front.js';
import { scripted, settled } from '../../support/job-lab.js';
import type { Environment, Process } from '../../support/processes.js';
import { tempFolder } from '../../support/temp-folder.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../../support/time-skipping.js';
import { startPrometheus, type Prometheus } from './prometheus.js';
import { scaledRules } from './scaled-rules.js';

const SLOTS = 10;
/** More than the rule of late ends allows, and less than its last bucket. */
const BEHIND_MS = 600_000;

/** Two real workers, one of them with a server that leaps over hours, and a Prometheus that scrapes both. */
export interface AlertsLab {
  prometheus: Prometheus;
  /** Where the first worker's jobs run. */
  sandbox: Sandbox;
  /** Where those run that are stopped in vain. */
  leapingSandbox: Sandbox;
  worker: Process;
  /** How the workers are, and how Prometheus sees them; for whoever asks why an alert fires. */
  account(): Promise<string>;
  /** Starts jobs of the first worker, as many as there are scripts. */
  begin(connection: string, scripts: readonly Record<string, unknown>[]): Promise<WorkflowHandle[]>;
  /** Starts one in the time that leaps. */
  beginLeaping(script: Record<string, unknown>): Promise<WorkflowHandle>;
  /** Starts workflows of this type without an input. */
  beginBare(type: string, count: number): Promise<WorkflowHandle[]>;
  /** A worker with a task queue of its own, whose jobs are counted before Prometheus looks at it for the first time. */
  workUnseen(connection: string, scripts: readonly Record<string, unknown>[]): Promise<void>;
  /** Starts jobs of that worker. */
  beginUnseen(connection: string, scripts: readonly Record<string, unknown>[]): Promise<WorkflowHandle[]>;
  /** From now on Temporal fails whatever such a worker asks or tells it about a workflow, until it is told otherwise. */
  fillDisk(isFull: boolean): void;
  /** From now on the first worker sends this token for the connection `default`. */
  useToken(token: string): Promise<void>;
  startWorker(): Promise<Process>;
  stopLeapingServer(): Promise<void>;
  close(): Promise<void>;
}

export async function openAlertsLab(): Promise<AlertsLab> {
  const [lab, leaping, port, leapingPort] = await Promise.all([
    openCliLab(),
    startTimeSkippingServer(),
    freePort(),
    freePort(),
  ]);
  const late = await startSandbox({
    clock: createClock({ start: Date.now() - BEHIND_MS }),
    firstTicket: firstTicket(),
  });
  const leapingSandbox = await startSandbox({ clock: { now: () => leaping.now() }, firstTicket: firstTicket() });
  const tokenFile = join(await tempFolder(), 'token');
  await writeFile(tokenFile, CANARY_TOKEN);
  const env = await environmentOf(lab.sandbox, late, tokenFile);
  const startWorker = (): Promise<Process> => startOne(lab, { ...env, KEBOOLA_METRICS_PORT: String(port) });
  const [worker, leapingWorker] = await Promise.all([
    startWorker(),
    startLeaping(lab, leaping, leapingSandbox, leapingPort),
  ]);
  const disk = await startDisk(lab.address);
  const rules = scaledRules(await readFile('deploy/alerts.yaml', 'utf8'));
  const prometheus = await startPrometheus(rules, [port, leapingPort]);
  const beginOn = (
    on: Pick<CliLab, 'taskQueue'>,
    connection: string,
    scripts: readonly Record<string, unknown>[],
  ): Promise<WorkflowHandle[]> =>
    Promise.all(scripts.map((script) => start(lab.temporal, on, { ...scripted(script), connection })));
  const unseen = { taskQueue: lab.unique('unseen') };
  const beginUnseen: AlertsLab['beginUnseen'] = (connection, scripts) => beginOn(unseen, connection, scripts);
  let leaps = true;
  const stopLeapingServer = async (): Promise<void> => {
    if (leaps) await leaping.stop();
    leaps = false;
  };
  return {
    prometheus,
    sandbox: lab.sandbox,
    leapingSandbox,
    worker,
    startWorker,
    stopLeapingServer,
    account: async () =>
      [...(await prometheus.targets()), ...[worker, leapingWorker].map(({ account }) => account)].join('\n'),
    begin: (connection, scripts) => beginOn(lab, connection, scripts),
    beginLeaping: (script) => start(leaping.client, lab, scripted(script)),
    beginBare: (type, count) => Promise.all(Array.from({ length: count }, () => start(lab.temporal, lab, {}, type))),
    async workUnseen(connection, scripts) {
      const unseenPort = await freePort();
      await startOne(lab, {
        ...env,
        KEBOOLA_METRICS_PORT: String(unseenPort),
        KEBOOLA_TASK_QUEUE: unseen.taskQueue,
        TEMPORAL_ADDRESS: disk.address,
      });
      await allSettled(await beginUnseen(connection, scripts));
      await prometheus.add(unseenPort);
    },
    beginUnseen,
    fillDisk: (isFull) => (disk.isFull = isFull),
    useToken: (token) => writeFile(tokenFile, token),
    async close() {
      await prometheus.close();
      await lab.close();
      disk.end();
      await Promise.all([late.close(), leapingSandbox.close(), stopLeapingServer()]);
    },
  };
}

/** Connections that have nothing to do with each other. */
async function environmentOf(usual: Sandbox, late: Sandbox, tokenFile: string): Promise<Environment> {
  const file = await connectionsFile({
    default: { url: usual.url, tokenFile, watch: false },
    late: { url: late.url, tokenEnv: 'LATE', watch: false },
    tight: { url: usual.url, tokenEnv: 'USUAL', requestsPerSecond: 2, requestBurst: 6, watch: false },
    watched: { url: usual.url, tokenEnv: 'USUAL', watch: true },
  });
  return { KBC_CONNECTIONS_FILE: file, LATE: late.token, USUAL: CANARY_TOKEN };
}

interface Disk {
  address: string;
  isFull: boolean;
  end: () => void;
}

/** A Temporal whose disk can be filled, as `test/e2e/full-disk.test.ts` has it. */
async function startDisk(behind: string): Promise<Disk> {
  const disk: Disk = { address: '', isFull: false, end: () => undefined };
  const words = 'shard status unknown';
  const { address } = await startGrpcFront(behind, {
    refuse: ({ method }) =>
      disk.isFull && /^Respond|Execution$/.test(method) ? { code: GRPC.unavailable, words } : undefined,
    atEnd: (end) => (disk.end = end),
  });
  disk.address = address;
  return disk;
}

async function connectionsFile(connections: object): Promise<string> {
  const file = join(await tempFolder(), 'connections.json');
  await writeFile(file, JSON.stringify({ connections }));
  return file;
}

async function startOne(lab: CliLab, env: Environment): Promise<Process> {
  const worker = lab.start(['worker', '--log-level', 'ERROR', '--max-concurrent-activities', String(SLOTS)], env);
  await worker.says('Worker on task queue');
  return worker;
}

async function startLeaping(
  lab: CliLab,
  server: TimeSkippingServer,
  { url, token }: Sandbox,
  port: number,
): Promise<Process> {
  return await startOne(lab, {
    TEMPORAL_ADDRESS: server.address,
    KEBOOLA_METRICS_PORT: String(port),
    KBC_CONNECTIONS_FILE: await connectionsFile({ default: { url, tokenEnv: 'LEAPING', watch: false } }),
    LEAPING: token,
  });
}

let started = 0;

async function start(
  client: Client,
  { taskQueue }: Pick<CliLab, 'taskQueue'>,
  input: object,
  type = 'runJob',
): Promise<WorkflowHandle> {
  const workflowId = `${taskQueue}-${(started += 1)}`;
  return await client.workflow.start(type, { workflowId, taskQueue, args: [input] });
}

/** Waits for the ends of workflows, whatever they are. */
export async function allSettled(handles: readonly WorkflowHandle[]): Promise<void> {
  await Promise.all(handles.map((handle) => settled(handle)));
}

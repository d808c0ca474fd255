import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { NativeConnection, Worker, WorkerOptions } from '@temporalio/worker';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { KeboolaClient } from '../../src/client.js';
import type { JobResult } from '../../src/job/result.js';
import type { ConnectionSettings } from '../../src/keboola/connection/connection.js';
import { startSandbox, type FixtureInput, type Sandbox, type SandboxClock } from '../../src/sandbox/index.js';
import { inject } from 'vitest';
import { createWorker, type KeboolaWorkerOptions } from '../../src/worker.js';
import { firstTicket } from './first-ticket.js';
import { historyText, wordsOf } from './history-text.js';

/** A Temporal server, a sandbox and a worker of one's own between them. */
export interface JobLab {
  sandbox: Sandbox;
  temporal: Client;
  keboola: KeboolaClient;
  taskQueue: string;
  worker: Worker;
  /** Runs an input as any client does that knows only the workflow's name. */
  start(
    input: unknown,
    workflowId?: string,
    workflowType?: string,
  ): Promise<ReturnType<Client['workflow']['getHandle']>>;
  /** The events of a workflow by their names, in order. */
  events(workflowId: string): Promise<temporal.api.history.v1.IHistoryEvent[]>;
  close(): Promise<void>;
}

interface LabServer {
  client: Client;
  nativeConnection: NativeConnection;
}

export interface LabOptions {
  clock?: SandboxClock;
  speed?: number;
  /** What the sandbox has. Default: what is built in. */
  fixture?: FixtureInput;
  /** Default: the sandbox's normal token. */
  token?: string;
  /** Default: the sandbox's own address. */
  keboolaUrl?: string;
  /** See `ConnectionSettings`. */
  respectProjectLimit?: boolean;
  /** See `ConnectionSettings`. Default: as good as none. */
  requestsPerSecond?: number;
  /** See `ConnectionSettings`. A server that leaps over time stands still as long as somebody watches. */
  watch?: boolean;
  /** Other Keboola projects beside the sandbox's, which is `default`. */
  connections?: readonly ConnectionSettings[];
  worker?: Partial<WorkerOptions>;
  /** See `KeboolaWorkerOptions`. */
  files?: KeboolaWorkerOptions['files'];
  /** See `ConnectionSettings`. */
  transfer?: ConnectionSettings['transfer'];
  /** See `KeboolaWorkerOptions`. */
  tracing?: KeboolaWorkerOptions['tracing'];
}

let labs = 0;
/** Sweeps start hundreds of workflows, which are much alike. */
const HISTORIES_SEARCHED_MAX = 60;

export async function openJobLab(server: LabServer, options: LabOptions = {}): Promise<JobLab> {
  const sandbox = await openSandbox(options);
  const taskQueue = `lab-${process.pid}-${(labs += 1)}`;
  const worker = await createWorker({
    connection: server.nativeConnection,
    taskQueue,
    connections: [
      {
        name: 'default',
        url: options.keboolaUrl ?? sandbox.url,
        token: () => options.token ?? sandbox.token,
        respectProjectLimit: options.respectProjectLimit ?? true,
        // A server that leaps through hours asks for as much in a second as others do in a day.
        requestsPerSecond: options.requestsPerSecond ?? 10_000,
        watch: options.watch ?? false,
        filesUrl: sandbox.url,
        ...(options.transfer && { transfer: options.transfer }),
      },
      ...(options.connections ?? []),
    ],
    ...(options.files && { files: options.files }),
    ...(options.tracing && { tracing: options.tracing }),
    worker: workerOptions(options.worker),
  });
  const running = worker.run();
  const started: string[] = [];
  return {
    sandbox,
    temporal: server.client,
    taskQueue,
    worker,
    keboola: new KeboolaClient({ client: server.client, taskQueue }),
    start: (input, workflowId = `${taskQueue}-${Math.random()}`, workflowType = 'runJob') => {
      started.push(workflowId);
      return server.client.workflow.start(workflowType, {
        workflowId,
        taskQueue,
        args: input === undefined ? [] : [input],
      });
    },
    events: async (workflowId) => (await server.client.workflow.getHandle(workflowId).fetchHistory()).events ?? [],
    close: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
      await sandbox.close();
      await expectNoToken(server.client, started, options.token ?? sandbox.token);
    },
  };
}

/** Whatever a test is about: the worker's token may be in no history, memo, failure or heartbeat of its workflows. */
async function expectNoToken(client: Client, workflowIds: readonly string[], token: string): Promise<void> {
  for (const workflowId of workflowIds.slice(-HISTORIES_SEARCHED_MAX)) {
    const [described, history] = await Promise.all([
      client.workflow.getHandle(workflowId).describe(),
      historyText(client, workflowId),
    ]);
    if (`${wordsOf(described.raw)}\n${history}`.includes(token)) throw new Error(`${workflowId} holds the token`);
  }
}

/** With the workflows that the run has bundled, unless a test brings its own. */
function workerOptions(options: Partial<WorkerOptions> = {}): Partial<WorkerOptions> {
  return 'workflowsPath' in options ? options : { workflowBundle: { codePath: inject('workflowBundle') }, ...options };
}

function openSandbox({ clock, speed, fixture }: LabOptions): Promise<Sandbox> {
  const basis = { firstTicket: firstTicket(), ...(fixture && { fixture }) };
  if (clock) return startSandbox({ clock, ...basis });
  return startSandbox(speed === undefined ? basis : { speed, ...basis });
}

interface WithHistory {
  fetchHistory(): Promise<temporal.api.history.v1.IHistory>;
}

/** How long a workflow has lived, by the server's clock: between two looks of ours that clock may leap by years. */
export async function livedMs(handle: WithHistory): Promise<number> {
  return (await closeTimeMs(handle)) - tsToMs((await handle.fetchHistory()).events?.at(0)?.eventTime ?? null);
}

/** When a workflow closed, by the server's clock, epoch milliseconds. */
export async function closeTimeMs(handle: WithHistory): Promise<number> {
  return tsToMs((await handle.fetchHistory()).events?.at(-1)?.eventTime ?? null);
}

/** A job that ends as told, through the sandbox's inline script. */
export function scripted(script: Record<string, unknown>): {
  component: string;
  configData: Record<string, unknown>;
} {
  return { component: 'keboola.ex-http', configData: { parameters: { sandbox: script } } };
}

/** The result or the failure of a workflow: how it ended, without throwing. */
export async function settled(handle: { result(): Promise<unknown> }): Promise<{ result?: JobResult; error?: Error }> {
  try {
    return { result: (await handle.result()) as JobResult };
  } catch (error) {
    return { error: error as Error };
  }
}

import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { expect, inject } from 'vitest';
import { KeboolaClient } from '../../src/client.js';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import {
  builtInFixture,
  startSandbox,
  type ControlledClock,
  type FixtureInput,
  type Sandbox,
} from '../../src/sandbox/index.js';
import { directly } from './directly.js';
import { eventually } from './eventually.js';
import { firstTicket } from './first-ticket.js';
import { historyText, wordsOf } from './history-text.js';
import { Processes, type Environment, type Process, type ProcessEnd } from './processes.js';
import { required } from './required.js';
import { tempFolder } from './temp-folder.js';

/** The secret part of the token of every command-line test: it may show nowhere. */
export const CANARY = 'canary7Canary7Canary7';
export const CANARY_TOKEN = `1134-53044-${CANARY}`;

/** The last line of a worker that cannot begin. */
export const GOES_ON = 'Jobs go on in Keboola; their workflows go on when a worker is back.';

/** The run's dev server, a sandbox, and real processes of the command line between them. */
export interface CliLab {
  /** host:port of Temporal. */
  address: string;
  temporal: Client;
  sandbox: Sandbox<ControlledClock>;
  taskQueue: string;
  processes: Processes;
  /** A name that no other test uses. */
  unique(prefix: string): string;
  /** Starts a command. */
  start(args: readonly string[], env?: Environment): Process;
  /** Runs a command to its end. */
  run(args: readonly string[], env?: Environment): Promise<ProcessEnd>;
  /** A worker process, once it polls. */
  startWorker(env?: Environment): Promise<Process>;
  /** Starts a job that ends as told, without the command line, for tests that are about what comes after. */
  begin(script: Record<string, unknown>): Promise<BegunJob>;
  /** Arguments of `run` for a job that ends as told; each one is a workflow of its own. */
  scripted(script: Record<string, unknown>): string[];
  /** The workflow id of what was started with `scripted(…)` and this `--key`. */
  scriptedId(key: string): string;
  /** The id of a workflow's job, as soon as there is one. */
  jobOf(workflowId: string): Promise<string>;
  statusOf(jobId: string): Promise<string | undefined>;
  /** Searches all that was written, by processes and into Temporal, for the token. */
  expectNoToken(): Promise<void>;
  /** @returns how many processes had to be ended. */
  close(): Promise<number>;
}

export interface BegunJob {
  workflowId: string;
  jobId: string;
  /** Arguments of a `run` that asks for the very same. */
  args: string[];
}

/** @param change what the sandbox is to have besides what is built in. */
export async function openCliLab(change: (builtIn: FixtureInput) => FixtureInput = (same) => same): Promise<CliLab> {
  const { address } = required(inject('devServer'));
  // Not `connectToDevServer`: it loads the SDK's worker, which here lives in processes of its own.
  const connection = await Connection.connect({ address, ...directly });
  const temporal = new Client({ connection });
  const sandbox = await startSandbox({ fixture: change(canaryFixture()), firstTicket: firstTicket() });
  const taskQueue = unique('cli');
  const home = await tempFolder();
  const processes = new Processes({
    ...basicEnvironment(home),
    TEMPORAL_ADDRESS: address,
    KEBOOLA_TASK_QUEUE: taskQueue,
  });
  const keboola = { KBC_URL: sandbox.url, KBC_TOKEN: CANARY_TOKEN };
  return {
    address,
    temporal,
    sandbox,
    taskQueue,
    processes,
    unique,
    start: (args, env) => processes.cli(args, env),
    run: (args, env) => processes.cli(args, env).end(),
    async startWorker(env) {
      const worker = processes.cli(['worker', '--log-level', 'ERROR'], { ...keboola, ...env });
      await worker.says('Worker on task queue');
      return worker;
    },
    scripted,
    begin: (script) => begin(temporal, taskQueue, script),
    scriptedId: (key) => `keboola/default/${COMPONENT}/;key=${key}`,
    jobOf: (workflowId) => jobOf(temporal, workflowId),
    statusOf: async (jobId) => (await sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status,
    expectNoToken: () => expectNoToken(temporal, taskQueue, processes),
    async close() {
      const left = await processes.close();
      await Promise.all([sandbox.close(), connection.close()]);
      return left;
    },
  };
}

function unique(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}

const COMPONENT = 'keboola.ex-http';

function scripted(script: Record<string, unknown>): string[] {
  return ['run', COMPONENT, '--config-data', JSON.stringify(configDataOf(script))];
}

function configDataOf(script: Record<string, unknown>): Record<string, unknown> {
  return { parameters: { sandbox: script } };
}

async function begin(client: Client, taskQueue: string, script: Record<string, unknown>): Promise<BegunJob> {
  const keboola = new KeboolaClient({ client, taskQueue });
  const key = unique('job');
  const { handle } = await keboola.start({ component: COMPONENT, configData: configDataOf(script) }, { key });
  const { jobId } = await handle.created();
  return { workflowId: handle.workflowId, jobId, args: [...scripted(script), '--key', key] };
}

/** No proxy, no profile, no Keboola of the machine's owner reaches a test. */
function basicEnvironment(home: string): Environment {
  return { PATH: process.env['PATH'] ?? '', HOME: home, XDG_CONFIG_HOME: home };
}

function canaryFixture(): FixtureInput {
  const projects = builtInFixture.projects.map((project) => ({
    ...project,
    tokens: project.tokens.map((token) => (token.id === '53044' ? { ...token, token: CANARY_TOKEN } : token)),
  }));
  return { ...builtInFixture, projects };
}

/** The command that starts the workflow may still be on its way. */
async function jobOf(client: Client, workflowId: string): Promise<string> {
  const handle = client.workflow.getHandle(workflowId);
  const { jobId } = await eventually(() => handle.executeUpdate(waitForCreatedUpdate));
  return jobId;
}

async function expectNoToken(client: Client, taskQueue: string, processes: Processes): Promise<void> {
  expect(processes.words).not.toContain(CANARY);
  const query = `TaskQueue = "${taskQueue}"`;
  for await (const { workflowId, runId, raw } of client.workflow.list({ query })) {
    const told = [wordsOf(raw), await historyText(client, workflowId, runId)].join('\n');
    expect(told).toContain(workflowId);
    expect(told).not.toContain(CANARY);
  }
}

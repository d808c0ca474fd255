import { fileURLToPath } from 'node:url';
import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowFailedError, WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkerOptions } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeboolaPlugin } from '../../src/worker/keboola-plugin.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { settled } from '../support/job-lab.js';

const HALF = '\ud83d';
const MENDED = '\ufffd';
const connections = [{ name: 'default', url: 'http://127.0.0.1:1', token: () => 'x' }];
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const workflowsPath = here('stranger/hostile.workflow.ts');
const failureConverterPath = here('stranger/own-failure-converter.cjs');

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

function throwsHostile(): Promise<void> {
  const cause = new Error(HALF);
  cause.stack = `Error: ${HALF}`;
  throw ApplicationFailure.create({ message: HALF, type: HALF, details: [HALF], cause });
}

async function bundledBefore(): Promise<Partial<WorkerOptions>> {
  const plugins = [new KeboolaPlugin({ connections })];
  return { workflowBundle: await bundleWorkflowCode({ workflowsPath, plugins, logger: new DefaultLogger('ERROR') }) };
}

describe.each<[string, () => Partial<WorkerOptions> | Promise<Partial<WorkerOptions>>]>([
  ['bundles as he starts', () => ({ workflowsPath })],
  ['has bundled before, with the plugin', bundledBefore],
  ['converts failures in his own way', () => ({ workflowsPath, dataConverter: { failureConverterPath } })],
])('the worker of a stranger who %s lives when a workflow of his says a hostile text', (_, options) => {
  let worker: Worker;
  let running: Promise<void>;

  beforeAll(async () => {
    worker = await Worker.create({
      connection: server.nativeConnection,
      taskQueue: server.unique('stranger'),
      activities: { throwsHostile },
      plugins: [new KeboolaPlugin({ connections })],
      ...(await options()),
    });
    running = worker.run();
    running.catch(() => undefined);
  });
  afterAll(async () => {
    expect(worker.getState()).toBe('RUNNING');
    worker.shutdown();
    await running;
  });

  const start = (where: string): Promise<WorkflowHandle> =>
    server.client.workflow.start('saysHostile', {
      taskQueue: worker.options.taskQueue,
      workflowId: server.unique('hostile'),
      args: [where],
    });

  /** Starts one that does not end, waits for what it shall do, and ends it. */
  async function until(where: string, event: string): Promise<void> {
    const handle = await start(where);
    await eventually(async () => expect(await eventNames(handle)).toContain(event));
    await handle.terminate();
  }

  it('in its failure, and in the cause of that', async () => {
    expect(await causesOf(await start('failure'))).toMatchObject([
      { message: MENDED, type: MENDED },
      { message: MENDED },
    ]);
  });

  it('in a failure with more causes than a message may be deep', async () => {
    const causes = await causesOf(await start('causes'));
    expect(causes).toHaveLength(51);
    expect(causes.at(-1)).toMatchObject({ message: MENDED });
  });

  it('in the failure of an activity', async () => {
    expect(await causesOf(await start('activity'))).toMatchObject([{}, { type: MENDED }, { message: MENDED }]);
  });

  it('in its result, its memo, its details, its log and the summary of a timer', async () => {
    expect(await (await start('said')).result()).toBe(HALF);
  });

  it('in the id of a child', () => until('child', 'startChildWorkflowExecutionInitiatedEventAttributes'));

  it('in the failure of its task', () => until('task', 'workflowTaskFailedEventAttributes'));

  it('in the failure of a query', async () => {
    const handle = await start('query');
    await eventually(async () => expect(await eventNames(handle)).toContain('timerStartedEventAttributes'));
    await expect(handle.query('throws')).rejects.toThrow(MENDED);
    await handle.terminate();
  });
});

async function causesOf(handle: WorkflowHandle): Promise<Error[]> {
  const { error } = await settled(handle);
  const causes: Error[] = [];
  let { cause } = error as WorkflowFailedError;
  for (; cause; cause = cause.cause as Error | undefined) causes.push(cause);
  return causes;
}

async function eventNames(handle: WorkflowHandle): Promise<string[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap((event) => Object.entries(event).flatMap(([name, value]) => (value ? [name] : [])));
}

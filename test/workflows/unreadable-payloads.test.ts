import { QueryNotRegisteredError, type WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { CancelledFailure, RawValue, type Payload, type PayloadCodec } from '@temporalio/common';
import type { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitForCreatedUpdate, type JobSnapshot } from '../../src/job/messages.js';
import { createWorker } from '../../src/worker.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { rawPayload } from '../support/raw-payload.js';
import { endInKeboola, UNTIL_ENDED } from '../support/until-ended.js';

const ENCRYPTED = rawPayload('binary/encrypted', 'for others');
const LOCKED = RawValue.fromPayload({
  metadata: { encoding: Buffer.from('binary/encrypted'), 'encryption-key-id': Buffer.from('k-1') },
  data: Buffer.from('for a worker with the key'),
});
const BROKEN = rawPayload('json/plain', '{"runTimeout":😀');
const UNREADABLE: [string, RawValue][] = [
  ['encrypted for others', ENCRYPTED],
  ['broken JSON', BROKEN],
  ['of no encoding at all', rawPayload('', '')],
];
const slow = scripted({ durationSeconds: 3_000 });

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server);
});
afterAll(async () => {
  expect(lab.worker.getState()).toBe('RUNNING');
  await lab.close();
  await server.close();
});

async function failedTasks(handle: WorkflowHandle): Promise<number> {
  const events = await lab.events(handle.workflowId);
  return events.filter((event) => event.workflowTaskFailedEventAttributes ?? undefined).length;
}

async function expectCancelled(handle: WorkflowHandle): Promise<void> {
  await handle.cancel();
  expect(((await settled(handle)).error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
  expect(await failedTasks(handle)).toBe(0);
}

describe.concurrent.each(UNREADABLE)('what cannot be read, %s,', (_, unreadable) => {
  it.each(['runJob', 'waitForJob', 'runPipeline', 'importTable', 'listComponents', 'callAction'])(
    'is refused as the input of %s',
    async (workflow) => {
      const handle = await lab.start(unreadable, undefined, workflow);
      const { cause } = (await settled(handle)).error as WorkflowFailedError;
      expect(cause).toMatchObject({ type: 'InvalidInput', nonRetryable: true });
      expect(cause?.message).toContain('The input cannot be read');
      expect(await failedTasks(handle)).toBe(0);
    },
  );

  it('is as good a nudge as any, since its payload is not looked at, and the workflow is cancelled as ever', async () => {
    const handle = await lab.start(slow);
    await handle.executeUpdate(waitForCreatedUpdate);
    for (let sent = 0; sent < 3; sent += 1) await handle.signal('nudge', unreadable, unreadable);
    await expectCancelled(handle);
  });

  it('is refused as an update', async () => {
    const handle = await lab.start(slow);
    await handle.executeUpdate(waitForCreatedUpdate);
    await expect(handle.executeUpdate('setTimeouts', { args: [unreadable] })).rejects.toThrow();
    expect(await handle.query<JobSnapshot>('job')).toMatchObject({ stage: 'waiting' });
    await expectCancelled(handle);
  });

  it('is not looked at as the argument of a query, which fails no task either when it comes with one', async () => {
    const handle = await lab.start(slow);
    await handle.executeUpdate(waitForCreatedUpdate);
    const both = Array.from({ length: 40 }, () => [handle.query('job', unreadable), handle.signal('nudge')]);
    const [view] = await Promise.all(both.flat());
    expect(view).toMatchObject({ stage: 'waiting' });
    const { events } = await handle.fetchHistory();
    expect(events?.flatMap((event) => event.workflowTaskFailedEventAttributes ?? [])).toEqual([]);
    await expectCancelled(handle);
  });

  it('stays as it is in a memo', async () => {
    const handle = await server.client.workflow.start('runJob', {
      taskQueue: lab.taskQueue,
      workflowId: server.unique('memo'),
      args: [slow],
      memo: { secret: unreadable },
    });
    await handle.executeUpdate(waitForCreatedUpdate);
    await expectCancelled(handle);
  });
});

describe('a closed workflow whose input nobody could read', () => {
  /** Its worker keeps no workflow, so that each query replays one. */
  const forgetful = { worker: { maxCachedWorkflows: 0 } };
  const METADATA = '__temporal_workflow_metadata';

  it.each(UNREADABLE)('still answers a query, with an input %s', async (_, unreadable) => {
    const one = await openJobLab(server, forgetful);
    const handle = await one.start(unreadable);
    await settled(handle);
    expect(await handle.query(METADATA)).toMatchObject({ definition: { type: 'runJob' } });
    await expect(handle.query('job')).rejects.toThrow(QueryNotRegisteredError);
    await one.close();
  });

  it('still answers a query where it was cancelled before a worker had the key', async () => {
    const one = await openJobLab(server, forgetful);
    const handle = await one.start(LOCKED);
    await eventually(async () => expect(await failedTasks(handle)).toBeGreaterThan(0));
    await handle.cancel();
    expect(((await settled(handle)).error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(await handle.query(METADATA)).toMatchObject({ definition: { type: 'runJob' } });
    await one.close();
  });
});

/** Nobody without it can read what its worker has written. */
const codec: PayloadCodec = {
  encode: (payloads) => Promise.resolve(payloads.map(encrypted)),
  decode: (payloads) => Promise.resolve(payloads.map(decrypted)),
};
const encrypted = ({ data }: Payload): Payload => ({ ...rawPayload('binary/encrypted', data ?? '').payload });
const decrypted = (payload: Payload): Payload =>
  Buffer.from(payload.metadata?.['encoding'] ?? []).toString() === 'binary/encrypted'
    ? { ...rawPayload('json/plain', payload.data ?? '').payload }
    : payload;

describe('the result of an activity that cannot be read', () => {
  it('fails the task of a worker without its key, which guesses nothing, until one with the key comes', async () => {
    const withKey = { dataConverter: { payloadCodecs: [codec] } };
    const one = await openJobLab(server, { worker: withKey });
    const handle = await one.start(scripted(UNTIL_ENDED));
    await eventually(() => expect(one.sandbox.counters.jobs).toBe(1));
    one.worker.shutdown();
    await eventually(() => expect(one.worker.getState()).toBe('STOPPED'));
    const next = (options: object): Promise<Worker> =>
      createWorker({
        connection: server.nativeConnection,
        taskQueue: one.taskQueue,
        connections: [{ name: 'default', url: one.sandbox.url, token: () => one.sandbox.token }],
        worker: { workflowBundle: { codePath: inject('workflowBundle') }, ...options },
      });
    await (await next({})).runUntil(() => eventually(async () => expect(await failedTasks(handle)).toBeGreaterThan(0)));
    expect((await handle.describe()).status.name).toBe('RUNNING');
    const [job] = await one.sandbox.jobs();
    await endInKeboola(one.sandbox, String(job?.id));
    await (
      await next(withKey)
    ).runUntil(() => eventually(async () => expect((await handle.describe()).status.name).toBe('COMPLETED')));
    expect(one.sandbox.counters).toMatchObject({ posts: 1, jobs: 1 });
    await one.close();
  });
});

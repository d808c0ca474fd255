import { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { KeboolaClient } from '../../src/client.js';
import { InputConflictError } from '../../src/client/errors.js';
import { DIGEST_MEMO, waitForCreatedUpdate } from '../../src/job/messages.js';
import { eventually } from '../support/eventually.js';
import { scripted } from '../support/job-lab.js';
import { rawPayload } from '../support/raw-payload.js';
import { useJobLab } from '../support/use-job-lab.js';

const slow = scripted({ durationSeconds: 3_000 });

const lab = useJobLab();

/** A job that somebody has started with a note of their own beside it. */
async function startedWithNote(): Promise<{ workflowId: string; jobId: string }> {
  const handle = await lab.server.client.workflow.start('runJob', {
    taskQueue: lab.taskQueue,
    workflowId: lab.server.unique('noted'),
    args: [slow],
    memo: { note: rawPayload('binary/encrypted', 'for others') },
  });
  const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
  return { workflowId: handle.workflowId, jobId };
}

/** It throws at the first thing that is not its own, as one does that holds another key. */
const strict: PayloadCodec = {
  encode: (payloads) => Promise.resolve(payloads),
  decode: (payloads) =>
    payloads.some(({ metadata }) => Buffer.from(metadata?.['encoding'] ?? []).toString() === 'binary/encrypted')
      ? Promise.reject(new Error('a key that is not ours'))
      : Promise.resolve(payloads),
};

describe.concurrent.each([
  ['of an encoding that nobody knows', {}],
  ['encrypted with another key', { dataConverter: { payloadCodecs: [strict] } }],
])('a workflow with a memo %s', (_, options) => {
  const keboola = (): KeboolaClient => {
    const { connection } = lab.server.client;
    return new KeboolaClient({ client: new Client({ connection, ...options }), taskQueue: lab.taskQueue });
  };

  it('is listed, found and drawn as any', async () => {
    const { workflowId, jobId } = await startedWithNote();
    await eventually(async () => {
      const rows = await keboola().list({ query: `WorkflowId = "${workflowId}"` });
      expect(rows).toMatchObject([{ workflowId, jobId, workflowStatus: 'RUNNING' }]);
    });
    expect(await keboola().open(jobId)).toMatchObject({ workflowId });
    expect(await keboola().tree(workflowId)).toMatchObject({ workflowId, jobId });
    await keboola().handle(workflowId).cancel();
  });

  it('is not attached to where the digest of its input is what cannot be read', async () => {
    const key = lab.server.unique('digest');
    const handle = await lab.server.client.workflow.start('runJob', {
      taskQueue: lab.taskQueue,
      workflowId: `keboola/default/${slow.component}/;key=${key}`,
      args: [slow],
      memo: { [DIGEST_MEMO]: rawPayload('binary/encrypted', 'for others') },
    });
    await expect(keboola().start(slow, { key })).rejects.toThrow(InputConflictError);
    await handle.cancel();
  });

  it('is looked at and stopped as any, and still tells what became of its job', async () => {
    const { workflowId, jobId } = await startedWithNote();
    const handle = keboola().handle(workflowId);
    expect(await handle.snapshot()).toMatchObject({ stage: 'waiting', job: { jobId } });
    expect(await handle.cancel()).toBe(true);
    await expect(handle.result()).rejects.toMatchObject({ job: { jobId, outcome: 'killed-by-us' } });
  });
});

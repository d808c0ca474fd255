import type { WorkflowFailedError, WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOB_MEMO, waitForCreatedUpdate } from '../../src/job/messages.js';
import type { JobResult } from '../../src/job/result.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { rawPayload } from '../support/raw-payload.js';

/** Half of a character: a text of JavaScript and of JSON may hold it, one of Temporal's wire may not. */
const HALF = '\ud83d';

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

async function failureOf(handle: WorkflowHandle): Promise<ApplicationFailure> {
  const { error } = await settled(handle);
  const { cause } = error as WorkflowFailedError;
  expect(cause).toBeInstanceOf(ApplicationFailure);
  const events = await lab.events(handle.workflowId);
  expect(events.filter((event) => event.workflowTaskFailedEventAttributes ?? undefined)).toEqual([]);
  return cause as ApplicationFailure;
}

async function running(): Promise<{ handle: WorkflowHandle; jobId: string }> {
  const handle = await lab.start(scripted({ durationSeconds: 3_000 }));
  const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
  return { handle, jobId };
}

describe.concurrent('a text that no wire can carry is a text, and its worker lives', () => {
  it('as the name of a field of an input', async () => {
    const failure = await failureOf(await lab.start({ component: 'ex-db', config: 'sampledatabase', [HALF]: 1 }));
    expect(failure).toMatchObject({ type: 'InvalidInput' });
    expect(failure.message).toContain('\ufffd');
  });

  it.each([
    ['runJob', { component: HALF, config: '1' }],
    ['runJob', { component: 'keboola.ex-http', config: HALF }],
    ['runJob', { component: 'keboola.ex-http', config: 'success', parentRunId: HALF }],
    ['runJob', { component: 'keboola.ex-http', config: 'success', connection: HALF }],
    ['waitForJob', { jobId: HALF }],
    ['runPipeline', { name: HALF, phases: [{ name: HALF, tasks: [{ component: 'x', config: HALF, name: HALF }] }] }],
    ['importTable', { table: `in.c-main.${HALF}`, source: { csv: `${HALF},${HALF}\n1,2\n` } }],
    ['exportTable', { table: `in.c-main.${HALF}` }],
    ['callAction', { component: 'keboola.ex-http', action: HALF }],
    ['runAsyncAction', { component: 'keboola.ex-http', path: `/${HALF}` }],
    ['runStorageJob', { method: 'POST', path: `/v2/storage/${HALF}` }],
    ['resolveConfiguration', { component: 'keboola.ex-http', config: HALF }],
    ['readLogs', { jobId: HALF }],
  ])('as a value in an input of %s: %j', async (workflow, input) => {
    await failureOf(await lab.start(input, undefined, workflow));
  });

  it('as the name of a field of an update, which is refused', async () => {
    const { handle } = await running();
    const refused = (await handle
      .executeUpdate('setTimeouts', { args: [{ [HALF]: 1 }] })
      .catch((error: unknown) => error)) as WorkflowUpdateFailedError;
    expect(refused.cause).toMatchObject({ type: 'InvalidInput' });
    await handle.cancel();
    await settled(handle);
  });

  it('as the message of a job that has failed, and as the half of a character that its length has cut', async () => {
    for (const message of [`all is lost ${HALF}`, `${'x'.repeat(3_999)}😀`]) {
      const { handle, jobId } = await running();
      const end = { id: Number(jobId), runId: '', status: 'error', isFinished: true, result: { message } };
      lab.sandbox.faults.add({ route: 'read', jobId, replaceBody: end, times: 20 });
      await handle.signal('nudge');
      const failure = await failureOf(handle);
      expect(failure.message.isWellFormed()).toBe(true);
    }
  });

  it('as the name of who has stopped a job', async () => {
    const { handle, jobId } = await running();
    const terminatedBy = { id: '1', description: `somebody ${HALF}` };
    const end = { id: Number(jobId), runId: '', status: 'terminated', isFinished: true, terminatedBy };
    lab.sandbox.faults.add({ route: 'read', jobId, replaceBody: end, times: 20 });
    await handle.signal('nudge');
    await settled(handle);
    const memo = (await handle.describe()).memo?.[JOB_MEMO] as JobResult;
    expect(memo).toMatchObject({ outcome: 'stopped-by-other', terminatedBy: 'somebody \ufffd' });
  });

  it('as part of a JSON that is broken, which the parser quotes', async () => {
    const { handle } = await running();
    const broken = rawPayload('json/plain', '😀');
    await expect(handle.executeUpdate('setTimeouts', { args: [broken] })).rejects.toThrow();
    // A query takes no argument, so that of this one is not looked at.
    expect(await handle.query('job', broken)).toMatchObject({ stage: 'waiting' });
    await handle.cancel();
    await settled(handle);
  });
});

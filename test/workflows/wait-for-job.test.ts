import type { WorkflowFailedError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { JobCanceledError } from '../../src/client/errors.js';
import { waitForCreatedUpdate } from '../../src/job/messages.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { untilShown } from '../support/until-shown.js';
import { useJobLab } from '../support/use-job-lab.js';

const lab = useJobLab();

/** A job that somebody else creates, as people do it without Temporal. */
async function createdElsewhere(
  script: object,
  { sandbox }: Pick<JobLab, 'sandbox'> = lab,
  token = sandbox.token,
): Promise<string> {
  const answer = await fetch(`${sandbox.url}/docker/keboola.ex-http/run`, {
    method: 'POST',
    headers: { 'x-storageapi-token': token },
    body: JSON.stringify({ configData: { parameters: { sandbox: script } } }),
  });
  return ((await answer.json()) as { id: string }).id;
}

async function statusOf(jobId: string): Promise<string | undefined> {
  return (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.status;
}

describe.concurrent('waiting for a job that was started elsewhere', () => {
  it('ends with its result, as for a job of our own, and creates nothing', async () => {
    const jobId = await createdElsewhere({ durationSeconds: 2, message: 'Done elsewhere' });
    const { handle } = await lab.keboola.startWait({ jobId });
    expect(await handle.result()).toMatchObject({
      jobId,
      status: 'success',
      outcome: 'finished',
      message: 'Done elsewhere',
    });
    const { typedSearchAttributes } = await lab.server.client.workflow.getHandle(handle.workflowId).describe();
    expect(JSON.stringify(typedSearchAttributes)).toContain(jobId);
  });

  it('fails as a job of our own would', async () => {
    const jobId = await createdElsewhere({ durationSeconds: 1, status: 'error', error: 'user', message: 'No table' });
    const { handle } = await lab.keboola.startWait({ jobId });
    await expect(handle.result()).rejects.toMatchObject({ type: 'JobUserError', message: 'No table', job: { jobId } });
  });

  it('leaves the job alone when it is cancelled, and says so', async () => {
    const jobId = await createdElsewhere({ durationSeconds: 3_000 });
    const { handle } = await lab.keboola.startWait({ jobId });
    await handle.created();
    await handle.cancel();
    const error: unknown = await handle.result().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(JobCanceledError);
    expect(error).toMatchObject({ left: { jobId, outcome: 'left-alone' } });
    expect(lab.sandbox.counters.killsByJob[jobId]).toBeUndefined();
    expect(['waiting', 'processing']).toContain(await statusOf(jobId));
  });

  it('stops it when that was asked for', async () => {
    const jobId = await createdElsewhere({ durationSeconds: 3_000 });
    const { handle } = await lab.keboola.startWait({ jobId, onCancel: 'kill' });
    await handle.created();
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({ job: { jobId, outcome: 'killed-by-us' } });
    expect(['cancelled', 'terminated']).toContain(await statusOf(jobId));
  });

  it('stops it also where somebody presses stop before it was seen', async () => {
    const own = await openJobLab(lab.server);
    const jobId = await createdElsewhere({ durationSeconds: 3_000 }, own);
    const { id } = own.sandbox.faults.add({ route: 'read', status: 503, times: 'always' });
    const { handle } = await own.keboola.startWait({ jobId, onCancel: 'kill' });
    await eventually(() => expect(own.sandbox.counters.readsByJob[jobId]).toBeGreaterThan(0));
    await handle.cancel();
    own.sandbox.faults.remove(id);
    await expect(handle.result()).rejects.toMatchObject({ job: { jobId, outcome: 'killed-by-us' } });
    expect(own.sandbox.counters.killsByJob[jobId]).toBe(1);
    await own.close();
  });

  it('leaves it alone, and says so, also before it was seen', async () => {
    const own = await openJobLab(lab.server);
    const jobId = await createdElsewhere({ durationSeconds: 3_000 }, own);
    own.sandbox.faults.add({ route: 'read', status: 503, times: 'always' });
    const { handle } = await own.keboola.startWait({ jobId });
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({
      message: `Canceled; job ${jobId} was left alone (not seen yet).`,
      left: { jobId, outcome: 'left-alone' },
    });
    await own.close();
  });

  it('is what the id of the job opens as long as it runs, although the workflow that has created the job is closed', async () => {
    const own = await lab.start(scripted({ durationSeconds: 3_000 }));
    const { jobId } = await eventually(() => own.executeUpdate(waitForCreatedUpdate));
    const opens = async (workflowId: string): Promise<void> =>
      await eventually(async () => expect((await lab.keboola.open(jobId)).workflowId).toBe(workflowId));
    // Lists go on to show it once it has shown of which job it is.
    await untilShown(lab.server.client, [own]);
    await own.terminate();
    const { handle } = await lab.keboola.startWait({ jobId, onCancel: 'kill' });
    await handle.created();
    await opens(handle.workflowId);
    await (await lab.keboola.open(jobId)).cancel();
    await expect(handle.result()).rejects.toMatchObject({ job: { jobId, outcome: 'killed-by-us' } });
    await opens(own.workflowId);
  });

  it('is one workflow, however often it is asked for', async () => {
    const jobId = await createdElsewhere({ durationSeconds: 3_000 });
    const [one, other] = [await lab.keboola.startWait({ jobId }), await lab.keboola.startWait({ jobId })];
    expect([one.attached, other.attached]).toEqual([false, true]);
    expect(other.handle.runId).toBe(one.handle.runId);
    await one.handle.cancel();
    await expect(one.handle.result()).rejects.toBeInstanceOf(JobCanceledError);
  });

  it('closes as canceled when somebody stops the job, naming who', async () => {
    const jobId = await createdElsewhere({ durationSeconds: 3_000 });
    const { handle } = await lab.keboola.startWait({ jobId });
    await handle.created();
    const headers = { 'x-storageapi-token': lab.sandbox.token };
    await fetch(`${lab.sandbox.url}/queue/jobs/${jobId}/kill`, { method: 'POST', headers });
    await expect(handle.result()).rejects.toMatchObject({ job: { jobId, outcome: 'stopped-by-other' } });
  });

  it('waits some seconds for a job that was made a moment ago, and that Keboola does not find yet', async () => {
    const jobId = await createdElsewhere({ durationSeconds: 8 });
    lab.sandbox.faults.add({ route: 'read', jobId, status: 404, times: 6 });
    const { handle } = await lab.keboola.startWait({ jobId });
    expect(await handle.result()).toMatchObject({ jobId, status: 'success' });
  });

  it.each([
    ['shows no job at all', { emptyList: true }],
    ['is not answered', { status: 500 }],
  ] as const)('waits as long where the list, by which a young job is known, %s', async (_, fault) => {
    const own = await openJobLab(lab.server);
    const jobId = await createdElsewhere({ durationSeconds: 8 }, own);
    own.sandbox.faults.add({ route: 'list', ...fault, times: 'always' });
    own.sandbox.faults.add({ route: 'read', jobId, status: 404, times: 6 });
    const { handle } = await own.keboola.startWait({ jobId });
    expect(await handle.result()).toMatchObject({ jobId, status: 'success' });
    await own.close();
  });

  it('refuses a job of another project, and one that never was', async () => {
    const foreign = await createdElsewhere({ durationSeconds: 1 }, lab, '2222-1-other');
    const starts = await Promise.all([foreign, '999999999999'].map((jobId) => lab.keboola.startWait({ jobId })));
    const ends = await Promise.allSettled(starts.map(({ handle }) => handle.result()));
    expect(ends).toMatchObject([{ reason: { type: 'InvalidInput' } }, { reason: { type: 'InvalidInput' } }]);
  });

  it('refuses what names no job, in the client and in the workflow', async () => {
    await expect(lab.keboola.startWait({ jobId: '../1' })).rejects.toThrow('not a job id');
    for (const input of [undefined, null, 7, {}, { jobId: 186985832 }, { jobId: '1', role: 'observer' }]) {
      const { error } = await settled(await lab.start(input, undefined, 'waitForJob'));
      expect((error as WorkflowFailedError).cause).toMatchObject({ type: 'InvalidInput' });
    }
  });
});

import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startDevServer } from '../../src/dev/dev-server.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { directly } from '../support/directly.js';
import { eventually } from '../support/eventually.js';
import type { Process } from '../support/processes.js';
import { required } from '../support/required.js';

let lab: CliLab;
let worker: Process;

beforeAll(async () => {
  lab = await openCliLab();
  worker = await lab.startWorker();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

/** What `status` says of a workflow, to people and to programs. */
async function statusOf(id: string): Promise<{ text: string; json: Record<string, unknown> }> {
  const [people, programs] = await Promise.all([lab.run(['status', id]), lab.run(['status', id, '--json'])]);
  expect([people.code, programs.code]).toEqual([0, 0]);
  return { text: people.stdout, json: JSON.parse(programs.stdout) as Record<string, unknown> };
}

async function isGone(): Promise<void> {
  await worker.signal('SIGTERM').end();
}

describe('`status` of a workflow that has ended tells why', () => {
  it('where the job has failed, a pipeline, or the input was wrong, with a worker and without', async () => {
    const key = lab.unique('failed');
    const pipeline = lab.unique('pipeline');
    const script = { durationSeconds: 0, status: 'error', error: 'user' };
    // Not of one configuration: such jobs wait for each other.
    const job = { component: 'keboola.ex-http', configData: { parameters: { sandbox: script } } };
    const phases = [{ name: 'extract', tasks: [{ id: 'orders', job }] }];
    const wrong = lab.unique('wrong');
    const { workflow } = lab.temporal;
    const [failed] = await Promise.all([
      lab.run([...lab.scripted(script), '--key', key, '--json']),
      workflow
        .execute('runPipeline', { workflowId: pipeline, taskQueue: lab.taskQueue, args: [{ name: 'p', phases }] })
        .catch(() => undefined),
      workflow
        .execute('runJob', { workflowId: wrong, taskQueue: lab.taskQueue, args: [{ component: 7 }] })
        .catch(() => undefined),
    ]);
    const { error } = JSON.parse(failed.stdout) as { error: { message: string; job: { jobId: string } } };
    const lookAtAll = async (): Promise<void> => {
      const [ofJob, ofPipeline, ofWrong] = await Promise.all([
        statusOf(error.job.jobId),
        statusOf(pipeline),
        statusOf(wrong),
      ]);
      expect(ofJob.text).toContain(`workflow failed, started`);
      expect(ofJob.text).toContain(
        `\nJobUserError: ${error.message}\nerror · job ${error.job.jobId} · keboola.ex-http`,
      );
      expect(ofJob.json).toMatchObject({ workflowStatus: 'FAILED', error: { type: 'JobUserError', job: error.job } });
      expect(ofPipeline.text).toMatch(/\nPipelineFailed: .*\n.*\n {2}extract · error/);
      expect(ofPipeline.json).toMatchObject({ error: { type: 'PipelineFailed', pipeline: { status: 'error' } } });
      expect(ofWrong.text).toMatch(/\nInvalidInput: .*component/);
      expect(ofWrong.text).not.toContain('worker');
    };
    // Temporal's lists, which know a workflow by its job, lag behind.
    await eventually(lookAtAll);
    const left = await lab.begin({ durationSeconds: 3_600 });
    await eventually(async () => expect((await lab.run(['status', left.workflowId])).stdout).toContain('processing'));
    await workflow.getHandle(left.workflowId).terminate('by mistake');
    await isGone();
    await lookAtAll();
    const { text, json } = await statusOf(left.workflowId);
    const lives = `Job ${left.jobId} (last seen processing) was not stopped by this and may still run.`;
    expect(text).toContain(`workflow terminated, started`);
    expect(text).toContain(`\nTerminated: The workflow was terminated (by mistake). ${lives}\n`);
    expect(json).toMatchObject({ workflowStatus: 'TERMINATED', error: { type: 'Terminated' } });
  });
});

describe.concurrent('Temporal that dies while a job is followed', () => {
  it.each([['follow'], ['cancel']])('is told by `%s`, with what goes on and how to come back', async (command) => {
    const { cli } = required(inject('devServer'));
    const server = await startDevServer({ cli, headless: true, searchAttributes: {} });
    const connection = await Connection.connect({ address: server.address, ...directly });
    const workflowId = lab.unique('lost');
    // Without a worker it runs for as long as the server does.
    await new Client({ connection }).workflow.start('runJob', { workflowId, taskQueue: 'none', args: [{}] });
    await connection.close();
    const follower = lab.start([command, workflowId], { TEMPORAL_ADDRESS: server.address });
    await follower.says('no worker answers');
    await server.stop();
    const { code, stderr } = await follower.end();
    expect(stderr).toContain('TemporalLost: Temporal does not answer any more. What runs in Keboola goes on there');
    expect(stderr).toContain(`Come back then with: npx --no-install keboola-temporal follow '${workflowId}'`);
    expect(code).toBe(7);
  });
});

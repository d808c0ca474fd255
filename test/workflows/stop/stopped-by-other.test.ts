import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForCreatedUpdate } from '../../../src/job/messages.js';
import { authorsBundle } from '../../support/authors-bundle.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, scripted, type JobLab } from '../../support/job-lab.js';

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server, { worker: { workflowBundle: await authorsBundle() } });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

/** An author's workflow whose child has a job that runs. */
async function running(input: object): Promise<{ author: WorkflowHandle; child: WorkflowHandle; jobId: string }> {
  const author = await lab.start(input, server.unique('author'), 'asksWhoStoppedIt');
  const child = server.client.workflow.getHandle(`${author.workflowId}/job`);
  const { jobId } = await eventually(() => child.executeUpdate(waitForCreatedUpdate));
  return { author, child, jobId };
}

async function killInKeboola(jobId: string): Promise<void> {
  const headers = { 'x-storageapi-token': lab.sandbox.token };
  await fetch(`${lab.sandbox.url}/queue/jobs/${jobId}/kill`, { method: 'POST', headers });
}

const slow = scripted({ durationSeconds: 3_000 });

describe.concurrent('an author learns who has stopped the job of a child', () => {
  it('somebody else, in Keboola', async () => {
    const { author, jobId } = await running(slow);
    await killInKeboola(jobId);
    expect(await author.result()).toBe('somebody else');
  });

  it('somebody else, where the author wants that as a failure', async () => {
    const { author, jobId } = await running({ ...slow, onTerminated: 'fail' });
    await killInKeboola(jobId);
    expect(await author.result()).toBe('somebody else');
  });

  it('somebody else, by cancelling the child alone', async () => {
    const { author, child } = await running(slow);
    await child.cancel();
    expect(await author.result()).toBe('somebody else');
  });

  it('the author himself, whose child has stopped the job by then', async () => {
    const { author, jobId } = await running(slow);
    await author.cancel();
    expect(await author.result()).toBe('I, or an error');
    const job = (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId);
    expect(job?.isFinished).toBe(true);
  });

  it('nobody, where the job failed by itself', async () => {
    const author = await lab.start(
      scripted({ durationSeconds: 1, status: 'error', error: 'user' }),
      server.unique('author'),
      'asksWhoStoppedIt',
    );
    expect(await author.result()).toBe('I, or an error');
  });
});

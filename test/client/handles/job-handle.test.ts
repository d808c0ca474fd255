import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobCanceledError, JobFailedError, NoSuchJobError, NoWorkerError } from '../../../src/client/errors.js';
import type { JobHandle } from '../../../src/client/handles/job-handle.js';
import { closedPort } from '../../support/broken-servers.js';
import { connectToDevServer, type SharedDevServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, scripted, type JobLab } from '../../support/job-lab.js';

let server: SharedDevServer;
let lab: JobLab;
let silentKeboola: string;

beforeAll(async () => {
  server = await connectToDevServer();
  silentKeboola = `http://127.0.0.1:${await closedPort()}`;
  const connections = [{ name: 'silent', url: silentKeboola, token: () => '1134-1-unimportant1' }];
  lab = await openJobLab(server, { connections });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

async function begun(script: Record<string, unknown>): Promise<JobHandle> {
  return (await lab.keboola.start(scripted(script))).handle;
}

async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  return await promise.then(
    () => expect.unreachable('it did not fail'),
    (reason: unknown) => reason as Error,
  );
}

const HOUR = { durationSeconds: 3_600 };

describe.concurrent('the end of a job', () => {
  it('that failed is an error with its type, its message and the job', async () => {
    const handle = await begun({ durationSeconds: 1, status: 'error', message: 'no luck', error: 'application' });
    const error = await rejectionOf(handle.result());
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({
      type: 'JobApplicationError',
      message: 'no luck',
      workflowId: handle.workflowId,
      job: { status: 'error', outcome: 'finished', message: 'no luck' },
    });
  });

  it('that was canceled is an error that says how the job ended, with the job', async () => {
    const handle = await begun(HOUR);
    const { jobId } = await handle.created();
    expect(await handle.cancel()).toBe(true);
    const error = await rejectionOf(handle.result());
    expect(error).toBeInstanceOf(JobCanceledError);
    expect(error.message).toMatch(
      new RegExp(`^Canceled; job ${jobId} ended (terminated|cancelled) \\(killed-by-us\\)\\.$`),
    );
    expect(error).toMatchObject({ job: { jobId, outcome: 'killed-by-us' } });
    expect(await handle.cancel()).toBe(false);
  });

  it('that was canceled before it was created says so', async () => {
    const input = { component: 'ex-db', config: server.unique('silent'), connection: 'silent' };
    const { handle } = await lab.keboola.start(input);
    await eventually(async () =>
      expect(await handle.snapshot()).toMatchObject({
        stage: 'preparing',
        note: expect.stringMatching(/^No job yet; asking again in \d+ s.*: GET \/v2\/storage/) as string,
      }),
    );
    expect((await handle.snapshot()).note).toContain(`cannot reach ${silentKeboola}`);
    await handle.cancel();
    expect(await rejectionOf(handle.result())).toMatchObject({ message: 'Canceled before a job was created.' });
    expect(await rejectionOf(handle.created())).toBeInstanceOf(JobCanceledError);
  });

  it('of a workflow that was terminated is not known: the job may still run', async () => {
    const handle = await begun(HOUR);
    const { jobId } = await handle.created();
    await server.client.workflow.getHandle(handle.workflowId).terminate();
    const error = await rejectionOf(handle.result());
    expect(error).toMatchObject({ name: 'JobFailedError', type: 'Terminated' });
    expect(error.message).toContain('may still run');
    const job = (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId);
    expect(job?.isFinished).toBe(false);
  });

  it('of a workflow that ran into its time limit is not known either', async () => {
    const workflowId = server.unique('timeout');
    const args = [scripted(HOUR)];
    const options = { workflowId, taskQueue: lab.taskQueue, args, workflowExecutionTimeout: '2s' } as const;
    await server.client.workflow.start('runJob', options);
    const error = await rejectionOf(lab.keboola.handle(workflowId).result());
    expect(error).toMatchObject({ type: 'TimedOut', message: expect.stringContaining('may still run') as string });
  });
});

describe.concurrent('the id of a job', () => {
  it('is known as soon as the job exists, and also when it has ended', async () => {
    const handle = await begun({ durationSeconds: 1 });
    const early = await handle.created();
    const { jobId, runId } = await handle.result();
    expect(early.jobId).toBe(jobId);
    expect(await handle.created()).toEqual({ jobId, runId });
  });

  it('will never be known when the workflow fails before, which is told by its own failure', async () => {
    const input = { component: 'keboola.ex-htpp', config: server.unique('none') };
    const { handle } = await lab.keboola.start(input);
    const [early, late] = [await rejectionOf(handle.created()), await rejectionOf(handle.created())];
    for (const error of [early, late]) {
      expect(error).toMatchObject({ name: 'JobFailedError', type: 'InvalidInput' });
      expect(error.message).toContain('Did you mean "keboola.ex-http"?');
    }
  });
});

describe.concurrent('a handle', () => {
  it('makes the workflow look at its job now, and minds no job that is over', async () => {
    const handle = await begun(HOUR);
    const { jobId } = await handle.created();
    const reads = (): number => lab.sandbox.counters.readsByJob[jobId] ?? 0;
    await eventually(() => expect(reads()).toBeGreaterThanOrEqual(2));
    const before = reads();
    await handle.nudge();
    await eventually(() => expect(reads()).toBeGreaterThan(before));
    await handle.cancel();
    await handle.result().catch(() => undefined);
    await expect(handle.nudge()).resolves.toBeUndefined();
  });

  it('says that no worker answers instead of waiting for one', async () => {
    const workflowId = server.unique('alone');
    await server.client.workflow.start('runJob', { workflowId, taskQueue: server.unique('nobody'), args: [] });
    const error = await rejectionOf(lab.keboola.handle(workflowId).snapshot());
    expect(error).toBeInstanceOf(NoWorkerError);
    expect(error.message).toContain('keboola-temporal worker');
  });

  it('of nothing says so, whatever it is asked', async () => {
    const handle = lab.keboola.handle(server.unique('nothing'));
    expect(await handle.isRunning()).toBeUndefined();
    const asked = [handle.result(), handle.snapshot(), handle.created(), handle.cancel(), handle.nudge()];
    for (const one of await Promise.all(asked.map(rejectionOf))) {
      expect(one).toBeInstanceOf(NoSuchJobError);
      expect(one.message).toContain(handle.workflowId);
    }
  });
});

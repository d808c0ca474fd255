import { describe, expect, it } from 'vitest';
import { KeboolaClient, type StartedJob } from '../../src/client.js';
import {
  AlreadyRunningError,
  InputConflictError,
  InvalidInputError,
  JobFailedError,
  NoSuchJobError,
} from '../../src/client/errors.js';
import type { RunJobInput } from '../../src/job/input.js';
import { eventually } from '../support/eventually.js';
import { scripted } from '../support/job-lab.js';
import { useJobLab } from '../support/use-job-lab.js';

const lab = useJobLab();

const HOUR = scripted({ durationSeconds: 3_600 }) as unknown as RunJobInput;
const SECOND = scripted({ durationSeconds: 1 }) as unknown as RunJobInput;

async function begun(key = lab.server.unique('key')): Promise<StartedJob & { key: string }> {
  return { key, ...(await lab.keboola.start(HOUR, { key })) };
}

describe.concurrent('starting what runs already', () => {
  it('attaches to it when the input means the same, and says since when it runs', async () => {
    const first = await begun();
    expect(first.attached).toBe(false);
    const { configData, component } = HOUR;
    const again = await lab.keboola.start(
      { configData: configData!, component, onWarning: 'accept' },
      { key: first.key },
    );
    expect(again.attached).toBe(true);
    expect(again.handle).toMatchObject({ workflowId: first.handle.workflowId, runId: first.handle.runId });
    expect(Math.abs(Date.parse(again.startTime) - Date.parse(first.startTime))).toBeLessThan(60_000);
  });

  it('does not attach when the input differs', async () => {
    const { key, handle } = await begun();
    const other = lab.keboola.start({ ...HOUR, onWarning: 'fail' }, { key });
    await expect(other).rejects.toThrow(InputConflictError);
    await expect(other).rejects.toThrow(`${handle.workflowId} is already running with another input`);
  });

  it('attaches without a comparison to what another tool has started', async () => {
    const config = lab.server.unique('cli');
    const input: RunJobInput = { component: 'keboola.ex-http', config };
    const workflowId = `keboola/default/keboola.ex-http/${config}`;
    const options = { workflowId, taskQueue: lab.server.unique('nobody'), args: [input] };
    const { firstExecutionRunId } = await lab.server.client.workflow.start('runJob', options);
    const { attached, handle } = await lab.keboola.start({ ...input, onWarning: 'fail' });
    expect(attached).toBe(true);
    expect(handle.runId).toBe(firstExecutionRunId);
  });

  it.each([
    [
      'leave',
      'kill',
      'Cancel that wait (`keboola-temporal cancel ID`), which leaves its job alone, then run this again.',
    ],
    ['kill', 'leave', 'It stops the job if it is cancelled. To wait, follow it: `keboola-temporal follow ID`.'],
  ] as const)(
    'does not advise a key for a job whose wait is to %s it, and not to %s it',
    async (is, wanted, advice) => {
      const jobId = is === 'leave' ? '900000001' : '900000002';
      const [client, taskQueue] = [lab.server.client, lab.server.unique('nobody')];
      const keboola = new KeboolaClient({ client, taskQueue });
      const { handle } = await keboola.startWait({ jobId, connection: taskQueue, onCancel: is });
      const error = keboola.startWait({ jobId, connection: taskQueue, onCancel: wanted });
      await expect(error).rejects.toThrow(
        `${handle.workflowId} is already running with another input. ${advice.replace('ID', handle.workflowId)}`,
      );
      await client.workflow.getHandle(handle.workflowId).terminate();
    },
  );

  it('starts a second one with "queue", and throws with "fail"', async () => {
    const { key, handle } = await begun();
    const queued = await lab.keboola.start(HOUR, { key, ifRunning: 'queue' });
    expect(queued.attached).toBe(false);
    expect(queued.handle.workflowId).not.toBe(handle.workflowId);
    await expect(lab.keboola.start(HOUR, { key, ifRunning: 'fail' })).rejects.toThrow(AlreadyRunningError);
  });

  it('starts anew what has ended', async () => {
    const key = lab.server.unique('again');
    const first = await lab.keboola.start(SECOND, { key });
    await first.handle.result();
    const second = await lab.keboola.start(SECOND, { key });
    expect(second.attached).toBe(false);
    expect(second.handle.workflowId).toBe(first.handle.workflowId);
    expect(second.handle.runId).not.toBe(first.handle.runId);
  });

  it('lets one of many win when all start at once, and attaches the others', async () => {
    const key = lab.server.unique('race');
    const all = await Promise.all(Array.from({ length: 8 }, () => lab.keboola.start(HOUR, { key })));
    expect(all.filter(({ attached }) => !attached)).toHaveLength(1);
    expect(new Set(all.map(({ handle }) => handle.runId)).size).toBe(1);
  });
});

describe.concurrent('running', () => {
  it('returns what became of the job', async () => {
    expect(await lab.keboola.run(SECOND)).toMatchObject({ status: 'success', outcome: 'finished' });
  });

  it('refuses a wrong input before anything is sent, with all of its problems', async () => {
    const key = lab.server.unique('wrong');
    const input = { component: 'keboola.ex-http', config: 1, nope: true } as unknown as RunJobInput;
    const error = await lab.keboola.run(input, { key }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as InvalidInputError).problems.map(({ path }) => path).sort()).toEqual(['config', 'nope']);
    await expect(lab.keboola.open(`keboola/default/keboola.ex-http/1;key=${key}`)).rejects.toThrow(NoSuchJobError);
  });

  it('sends a plain secret only where it was told that it may', async () => {
    const input: RunJobInput = { component: 'keboola.ex-http', configData: { '#password': 'plain' } };
    const taskQueue = lab.server.unique('nobody');
    const strict = new KeboolaClient({ client: lab.server.client, taskQueue });
    await expect(strict.start(input)).rejects.toThrow('configData.#password: is a secret in plain text');
    const lenient = new KeboolaClient({ client: lab.server.client, taskQueue, allowPlainSecrets: true });
    const { handle } = await lenient.start(input);
    await lab.server.client.workflow.getHandle(handle.workflowId).terminate();
  });

  it('fails with the type that the workflow failed with', async () => {
    const input = { component: 'keboola.ex-http', config: 'user-error' };
    const key = lab.server.unique('key');
    const error = await lab.keboola.run(input, { key }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({
      type: 'JobUserError',
      workflowId: `keboola/default/${input.component}/${input.config};key=${key}`,
    });
  });
});

describe.concurrent('finding', () => {
  it('a job by its id and by that of its workflow', async () => {
    const { handle } = await begun();
    const { jobId } = await handle.created();
    const byJob = await eventually(() => lab.keboola.open(jobId));
    expect(byJob).toMatchObject({ workflowId: handle.workflowId, runId: handle.runId });
    expect((await lab.keboola.open(handle.workflowId)).workflowId).toBe(handle.workflowId);
  });

  it('a workflow whose id looks like that of a job', async () => {
    const workflowId = `${Date.now()}${process.pid}`;
    await lab.server.client.workflow.start('runJob', { workflowId, taskQueue: lab.server.unique('nobody'), args: [] });
    expect((await lab.keboola.open(workflowId)).workflowId).toBe(workflowId);
  });

  it('what runs under an id gives a handle of its kind, with what Temporal tells of it', async () => {
    const taskQueue = lab.server.unique('nobody');
    const keboola = new KeboolaClient({ client: lab.server.client, taskQueue });
    const [name, target] = [lab.server.unique('pipeline'), lab.server.unique('out.c-main')];
    const job = { component: 'ex-db', config: 'sampledatabase' };
    const started = await Promise.all([
      keboola.start(job, { key: name }),
      keboola.startPipeline({ name, phases: [{ name: 'all', tasks: [{ id: 'one', job }] }] }),
      keboola.storage.startExport({ table: `${target}.orders` }),
    ]);
    for (const { handle } of started) {
      const { workflowId, runId, kind } = handle;
      const opened = await keboola.open(workflowId);
      expect(opened).toMatchObject({ workflowId, runId, kind });
      expect(await opened.describe()).toMatchObject({ workflowId, runId, workflowStatus: 'RUNNING' });
      await lab.server.client.workflow.getHandle(workflowId).terminate();
      expect((await opened.describe()).workflowStatus).toBe('TERMINATED');
    }
    expect(started.map(({ handle: { kind } }) => kind)).toEqual(['job', 'pipeline', 'job']);
  });

  it('nothing is an error that names what was looked for and where', async () => {
    await expect(lab.keboola.open('999999999999')).rejects.toThrow('job 999999999999, and none of that id, is known');
    await expect(lab.keboola.open('nope')).rejects.toThrow('No workflow of id "nope" is known to namespace default.');
  });
});

describe.concurrent('listing', () => {
  it('shows the newest first, as many as asked for, with what the search attributes say', async () => {
    const started = [await begun(), await begun(), await begun()];
    const jobs = await Promise.all(started.map(({ handle }) => handle.created()));
    const query = `KeboolaJobId IN (${jobs.map(({ jobId }) => `"${jobId}"`).join(', ')})`;
    await eventually(async () => expect(await lab.keboola.list({ query })).toHaveLength(3));
    const rows = await lab.keboola.list({ query, limit: 2, running: true });
    expect(rows).toMatchObject([
      {
        workflowId: started[2]!.handle.workflowId,
        jobId: jobs[2]!.jobId,
        workflowStatus: 'RUNNING',
        component: 'keboola.ex-http',
      },
      { workflowId: started[1]!.handle.workflowId, jobId: jobs[1]!.jobId },
    ]);
    expect(rows[0]).not.toHaveProperty('closeTime');
    expect(rows[0]).not.toHaveProperty('config');
  });

  it('joins a filter to its own as one condition', async () => {
    const { handle } = await begun();
    const query = `WorkflowId = "nope" OR WorkflowId = "${handle.workflowId}"`;
    await eventually(async () => expect(await lab.keboola.list({ query, running: true })).toHaveLength(1));
    await handle.cancel();
    await handle.result().catch(() => undefined);
    await eventually(async () => expect(await lab.keboola.list({ query, running: true })).toEqual([]));
  });
});

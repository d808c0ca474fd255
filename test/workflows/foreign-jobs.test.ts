import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobSnapshot } from '../../src/job/messages.js';
import type { JobResult } from '../../src/job/result.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { COMPONENT, FOREIGN_DIALECTS, saysMeanwhile, startElsewhere } from '../support/foreign-jobs.js';
import { openJobLab, settled, type JobLab } from '../support/job-lab.js';
import { endInKeboola, runsInKeboola, UNTIL_ENDED } from '../support/until-ended.js';

const SPEED = 20;
/** In the sandbox's time, which is faster than that of the workflows. */
const FOR_LONG = { durationSeconds: 3_600 * SPEED };

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

function causeOf(error: Error | undefined): { type?: string; message?: string; details?: unknown[] } {
  return error?.cause ?? {};
}

describe.each(FOREIGN_DIALECTS)('an unfinished job that somebody else has started, on $name', (dialect) => {
  let lab: JobLab;

  beforeAll(async () => {
    lab = await openJobLab(server, { token: dialect.token, speed: SPEED });
    // Each test has a configuration of its own; beside an inline one it need not be there.
    const settings = { workers: 100, parallelLimit: 'off', killPropagation: false, searchLagSeconds: 0 } as const;
    await lab.sandbox.settings(settings);
  });
  afterAll(() => lab.close());

  const ours = (config: string, onForeignJob: string): object => ({
    component: COMPONENT,
    config,
    onForeignJob,
    configData: { parameters: { sandbox: { durationSeconds: 1 } } },
  });
  const elsewhere = (config: string, script: object, more: object = {}): Promise<string> =>
    startElsewhere(lab, dialect, { config, script: { ...script }, ...more });
  const jobsOf = async (config: string): Promise<Awaited<ReturnType<JobLab['sandbox']['jobs']>>> =>
    (await lab.sandbox.jobs()).filter(({ params }) => params['config'] === config);
  const runs = (jobId: string): Promise<void> => runsInKeboola(lab.sandbox, jobId);
  const end = (jobId: string): Promise<void> => endInKeboola(lab.sandbox, jobId, dialect);
  /** What becomes of an input whose job is known before that of somebody else ends; ours may wait for its lock. */
  const resultBeside = async (jobId: string, input: object): Promise<JobResult> => {
    const handle = await lab.start(input);
    await handle.executeUpdate('waitForCreated');
    await end(jobId);
    return (await handle.result()) as JobResult;
  };

  describe.concurrent('and', () => {
    it('is let be by default: nobody looks for it', async () => {
      await elsewhere('let-be', { durationSeconds: 1 });
      const { onForeignJob: _, ...input } = ours('let-be', '') as Record<string, unknown>;
      const handle = await lab.start(input);
      expect(await handle.result()).toMatchObject({ status: 'success', adopted: false });
      const events = await lab.events(handle.workflowId);
      const types = events.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
      expect(types).toContain('createJob');
      expect(types).not.toContain('findForeignJobs');
      expect(await jobsOf('let-be')).toHaveLength(2);
    });

    it('is waited for, with its id to be read meanwhile, and then a job of our own is created', async () => {
      const jobId = await elsewhere('waited-for', UNTIL_ENDED);
      const handle = await lab.start(ours('waited-for', 'wait'));
      await saysMeanwhile(handle, `Job ${jobId} of the same configuration is`, `started by "${dialect.owner}"`);
      expect(await handle.query<JobSnapshot>('job')).toMatchObject({ stage: 'creating' });
      await end(jobId);
      const result = (await handle.result()) as JobResult;
      expect(result).toMatchObject({ status: 'success', adopted: false });
      const [first, second, ...more] = await jobsOf('waited-for');
      expect([String(first?.id), String(second?.id), more]).toEqual([jobId, result.jobId, []]);
      expect(Date.parse(second?.createdTime ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.endTime ?? ''));
    });

    it('is waited for with all others of its kind', async () => {
      const started = [await elsewhere('several', UNTIL_ENDED), await elsewhere('several', UNTIL_ENDED)];
      const handle = await lab.start(ours('several', 'wait'));
      for (const jobId of started) {
        await saysMeanwhile(handle, `Job ${jobId} of`);
        await end(jobId);
      }
      const result = (await handle.result()) as JobResult;
      const jobs = await jobsOf('several');
      expect(jobs.map(({ id }) => String(id))).toEqual([...started, result.jobId]);
      const ends = jobs.slice(0, 2).map(({ endTime }) => Date.parse(endTime ?? ''));
      expect(Date.parse(jobs[2]?.createdTime ?? '')).toBeGreaterThanOrEqual(Math.max(...ends));
    });

    it('is followed in place of a job of our own', async () => {
      const jobId = await elsewhere('followed', { ...UNTIL_ENDED, message: 'Done elsewhere' });
      const result = await resultBeside(jobId, ours('followed', 'adopt'));
      expect(result).toMatchObject({ jobId, adopted: true, foreign: true, status: 'success', outcome: 'finished' });
      expect(result.message).toBe('Done elsewhere');
      expect(await jobsOf('followed')).toHaveLength(1);
    });

    it('is followed where it runs, rather than a newer one that waits', async () => {
      const first = await elsewhere('which', UNTIL_ENDED);
      await runs(first);
      await elsewhere('which', FOR_LONG);
      expect(await resultBeside(first, ours('which', 'adopt'))).toMatchObject({ jobId: first });
    });

    it('is not followed while it is being stopped: its end would be taken for ours', async () => {
      const jobId = await elsewhere('being-stopped', { ...FOR_LONG, killLatencySeconds: 3 * SPEED });
      await runs(jobId);
      const path = dialect.name === 'Syrup' ? 'queue/jobs' : 'jobs';
      const headers = { 'x-storageapi-token': dialect.token };
      await fetch(`${lab.sandbox.url}/${path}/${jobId}/kill`, { method: 'POST', headers });
      const result = (await (await lab.start(ours('being-stopped', 'adopt'))).result()) as JobResult;
      expect(result).toMatchObject({ status: 'success', adopted: false });
      expect(result.jobId).not.toBe(jobId);
    });

    it('is a failure that names it, who has started it, since when, and what to do', async () => {
      const jobId = await elsewhere('refused', FOR_LONG);
      await runs(jobId);
      const { error } = await settled(await lab.start(ours('refused', 'fail')));
      const { type, message, details } = causeOf(error);
      expect(type).toBe('ForeignJobRunning');
      expect(message).toContain(`Job ${jobId} of the same configuration is processing`);
      expect(message).toContain(`(started by "${dialect.owner}" at 20`);
      expect(message).toContain('so none was created. Start this again when that one has ended');
      expect(details).toMatchObject([{ jobId, status: 'processing', startedBy: dialect.owner }]);
      expect(await jobsOf('refused')).toHaveLength(1);
    });

    it('that cannot be read is waited for by the list, and no longer than that shows it', async () => {
      const jobId = await elsewhere('unread', UNTIL_ENDED);
      lab.sandbox.faults.add({ route: 'read', jobId, times: 'always', replaceBody: { id: 7 } });
      const handle = await lab.start(ours('unread', 'wait'));
      await saysMeanwhile(handle, `Job ${jobId} of the same`, 'job list; the job itself cannot be read: GET /');
      await end(jobId);
      expect(await handle.result()).toMatchObject({ status: 'success', adopted: false });
      const [first, second] = await jobsOf('unread');
      expect(Date.parse(second?.createdTime ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.endTime ?? ''));
    });

    it('that cannot be read is followed only once it can be', async () => {
      const jobId = await elsewhere('read-later', UNTIL_ENDED);
      lab.sandbox.faults.add({ route: 'read', jobId, times: 1, status: 404 });
      const result = await resultBeside(jobId, ours('read-later', 'adopt'));
      expect(result).toMatchObject({ jobId, foreign: true, status: 'success' });
    });

    it('that cannot be read is a failure that names it once it was looked at again', async () => {
      const jobId = await elsewhere('never-read', FOR_LONG);
      lab.sandbox.faults.add({ route: 'read', jobId, times: 'always', replaceBody: { id: 7 } });
      const handle = await lab.start(ours('never-read', 'fail'));
      const { type, message } = causeOf((await settled(handle)).error);
      expect(type).toBe('ForeignJobRunning');
      expect(message).toContain(`Job ${jobId} of the same configuration is`);
      expect(message).toContain('the job itself cannot be read: GET /');
      const looks = (await lab.events(handle.workflowId)).filter(
        (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'findForeignJobs',
      );
      expect(looks).toHaveLength(3);
    });

    it('that failure may be tried again by the policy of the author, until it has ended', async () => {
      const jobId = await elsewhere('tried-again', UNTIL_ENDED);
      const handle = await server.client.workflow.start('runJob', {
        workflowId: server.unique('tried-again'),
        taskQueue: lab.taskQueue,
        args: [ours('tried-again', 'fail')],
        retry: { initialInterval: '1s', backoffCoefficient: 1 },
      });
      const first = server.client.workflow.getHandle(handle.workflowId, handle.firstExecutionRunId);
      await eventually(async () => expect((await first.describe()).status.name).toBe('FAILED'));
      await end(jobId);
      expect(await handle.result()).toMatchObject({ status: 'success', adopted: false });
    });

    it('goes on when the workflow that waits for it is cancelled, which has created nothing', async () => {
      const jobId = await elsewhere('canceled', FOR_LONG);
      const handle = await lab.start(ours('canceled', 'wait'));
      await saysMeanwhile(handle, `Job ${jobId} of the same`);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
      expect(await jobsOf('canceled')).toHaveLength(1);
      expect(lab.sandbox.counters.killsByJob[jobId]).toBeUndefined();
    });

    it('goes on when the workflow that follows it is cancelled, which says so', async () => {
      const jobId = await elsewhere('left-alone', FOR_LONG);
      const handle = await lab.start(ours('left-alone', 'adopt'));
      expect(await handle.executeUpdate('waitForCreated')).toMatchObject({ jobId });
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
      expect((await handle.describe()).memo).toMatchObject({ keboolaJob: { jobId, outcome: 'left-alone' } });
      expect(lab.sandbox.counters.killsByJob[jobId]).toBeUndefined();
    });

    it('is not stopped by the limits that are set for a job of our own', async () => {
      const jobId = await elsewhere('unlimited', UNTIL_ENDED);
      const handle = await lab.start({ ...ours('unlimited', 'adopt'), queueTimeout: '1s', runTimeout: '1s' });
      await eventually(async () => expect((await handle.query<JobSnapshot>('job')).polls).toBeGreaterThan(3));
      await end(jobId);
      expect(await handle.result()).toMatchObject({ jobId, status: 'success', outcome: 'finished' });
    });

    it('is another workflow of ours as well', async () => {
      const config = 'ours-as-well';
      const first = await lab.start({ ...ours(config, 'ignore'), configData: { parameters: { sandbox: FOR_LONG } } });
      const { jobId } = await first.executeUpdate<{ jobId: string }, []>('waitForCreated');
      const { error } = await settled(await lab.start(ours(config, 'fail')));
      expect(causeOf(error)).toMatchObject({ type: 'ForeignJobRunning', details: [{ jobId }] });
      await first.cancel();
    });

    it('is none where it runs another configuration, or in another branch', async () => {
      await elsewhere('neighbour', FOR_LONG);
      const branched = await elsewhere('branched', UNTIL_ENDED, { branchId: '900' });
      const result = await resultBeside(branched, ours('branched', 'fail'));
      expect(result).toMatchObject({ status: 'success', adopted: false });
    });

    it('is one in the branch of the input', async () => {
      const jobId = await elsewhere('in-branch', FOR_LONG, { branchId: '901' });
      await elsewhere('in-branch', { durationSeconds: 1 });
      const { error } = await settled(await lab.start({ ...ours('in-branch', 'fail'), branchId: '901' }));
      expect(causeOf(error)).toMatchObject({ type: 'ForeignJobRunning', details: [{ jobId }] });
    });

    it('is none where the job is to be a part of it: it would wait for its own child', async () => {
      const jobId = await elsewhere('parent-run', UNTIL_ENDED);
      const parentRunId = (await jobsOf('parent-run'))[0]?.runId;
      expect((await resultBeside(jobId, { ...ours('parent-run', 'fail'), parentRunId })).jobId).not.toBe(jobId);
    });

    it('is not looked for where no configuration is stored: the input is refused', async () => {
      const { config: _, ...inline } = ours('inline', 'wait') as Record<string, unknown>;
      const { error } = await settled(await lab.start(inline));
      expect(causeOf(error)).toMatchObject({
        type: 'InvalidInput',
        message: expect.stringContaining('onForeignJob: needs "config"') as string,
      });
    });
  });
});

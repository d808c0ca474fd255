import { WorkflowFailedError } from '@temporalio/client';
import type { ApplicationFailure } from '@temporalio/common';
import { CancelledFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOB_MEMO, jobQuery, nudgeSignal, waitForCreatedUpdate } from '../../src/job/messages.js';
import type { JobResult } from '../../src/job/result.js';
import { DIALECTS, killInKeboola } from '../support/dialects.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { endInKeboola, UNTIL_ENDED } from '../support/until-ended.js';

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

describe.each(DIALECTS)('a job on $name', (dialect) => {
  let lab: JobLab;

  beforeAll(async () => {
    lab = await openJobLab(server, { token: dialect.token });
  });
  afterAll(() => lab.close());

  const failureOf = async (input: unknown): Promise<ApplicationFailure> => {
    const { error } = await settled(await lab.start(input));
    expect(error).toBeInstanceOf(WorkflowFailedError);
    return (error as WorkflowFailedError).cause as ApplicationFailure;
  };

  describe.concurrent('how a job ends', () => {
    it('returns the result of a job that works', async () => {
      const { result } = await settled(await lab.start(dialect.works));
      expect(result).toMatchObject({
        status: 'success',
        outcome: 'finished',
        ...dialect.works,
        durationSeconds: 3,
        adopted: false,
        message: expect.any(String) as string,
      });
      expect(result?.url).toBe(`${lab.sandbox.url}${dialect.documentPath(result?.jobId ?? '')}`);
      expect(result?.page).toBe(`${lab.sandbox.url}${dialect.pagePath(result?.jobId ?? '')}`);
      expect(result?.createdTime).toMatch(/Z$/);
    });

    it('links to a page that opens without a token, while it runs and when it has ended', async () => {
      const handle = await lab.start(scripted({ ...UNTIL_ENDED, message: 'All <b>orders</b> are in.' }));
      const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
      const { page = '', url = '' } = await handle.query(jobQuery);
      const [running, document] = [await fetch(page), await fetch(url)];
      expect([running.status, document.status]).toEqual([200, dialect.statusWithoutToken]);
      await endInKeboola(lab.sandbox, jobId, dialect);
      const { result } = await settled(handle);
      expect(result?.page).toBe(page);
      expect(await (await fetch(page)).text()).toContain('All &lt;b&gt;orders&lt;/b&gt; are in.');
    });

    it('fails with JobUserError, not retryable, for a mistake of the user', async () => {
      const cause = await failureOf({ component: 'keboola.ex-http', config: 'user-error' });
      expect(cause).toMatchObject({ type: 'JobUserError', nonRetryable: true });
      expect(cause.details?.[0]).toMatchObject({ status: 'error', exceptionId: expect.any(String) as string });
    });

    it('fails with JobApplicationError, retryable, for a fault of the component', async () => {
      const cause = await failureOf({ component: 'keboola.ex-http', config: 'application-error' });
      expect(cause).toMatchObject({ type: 'JobApplicationError', nonRetryable: false });
    });

    it('attaches the last 20 events to a failure, each cut to 500 characters', async () => {
      const events = Array.from({ length: 30 }, (_, at) => ({
        message: `${at} `.padEnd(2_000, 'x'),
        afterSeconds: 0.1,
      }));
      const cause = await failureOf(scripted({ durationSeconds: 3, status: 'error', events, message: 'no luck' }));
      const { log = [] } = cause.details?.[0] as JobResult;
      expect(log).toHaveLength(20);
      expect(log.every(({ message }) => message.length <= 500)).toBe(true);
      expect(log.map(({ message }) => message.split(' ')[0])).toContain('29');
    });

    it('completes with the status warning, because a warning is an end', async () => {
      const { result } = await settled(await lab.start({ component: 'keboola.ex-http', config: 'warning' }));
      expect(result).toMatchObject({ status: 'warning', outcome: 'finished' });
    });

    it('fails with JobWarning where the author asked for it', async () => {
      const cause = await failureOf({ component: 'keboola.wr-google-sheets', config: 'warning', onWarning: 'fail' });
      expect(cause).toMatchObject({ type: 'JobWarning', nonRetryable: true });
    });

    it('names the job with JobError when it failed without blame', async () => {
      const cause = await failureOf(scripted({ durationSeconds: 1, ...dialect.failsWithoutBlame, message: 'no luck' }));
      expect(cause).toMatchObject({ type: 'JobError', nonRetryable: false, message: 'no luck' });
    });
  });

  describe.concurrent('what others can ask', () => {
    it('answers the update with the job id long before the end, the query with the view, and a nudge with a look', async () => {
      const handle = await lab.start(scripted({ durationSeconds: 3600 }));
      const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
      const before = await handle.query(jobQuery);
      expect(before).toMatchObject({
        stage: 'waiting',
        job: { jobId },
        url: `${lab.sandbox.url}${dialect.documentPath(jobId)}`,
      });
      const reads = (): number => lab.sandbox.counters.readsByJob[jobId] ?? 0;
      await eventually(() => expect(reads()).toBeGreaterThanOrEqual(1));
      const [readsBefore, beforeMs] = [reads(), Date.now()];
      for (let i = 0; i < 20; i++) await handle.signal(nudgeSignal, { status: 'success', forged: true });
      await eventually(() => expect(reads()).toBeGreaterThan(readsBefore));
      const after = await handle.query(jobQuery);
      expect(['waiting', 'processing']).toContain(after.job?.status);
      // However many there are, a job is looked at once a second at most; so it is on a slow machine, too.
      expect(reads() - readsBefore).toBeLessThanOrEqual((Date.now() - beforeMs) / 1_000 + 3);
      await handle.cancel();
      await settled(handle);
    });

    it('rejects the update with the failure of the workflow when the job will never be', async () => {
      const handle = await lab.start({ component: 'keboola.ex-htpp', config: 'success' });
      const rejected = await handle.executeUpdate(waitForCreatedUpdate).catch((error: unknown) => error as Error);
      expect(String((rejected as Error & { cause?: Error }).cause?.message)).toContain(
        'Did you mean "keboola.ex-http"?',
      );
      expect((await settled(handle)).error).toBeInstanceOf(WorkflowFailedError);
    });
  });

  describe.concurrent('stopping', () => {
    it('kills the job when the workflow is cancelled, waits for the proof, and leaves the final view in the memo', async () => {
      const handle = await lab.start({ component: 'keboola.ex-http', config: 'slow' });
      const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
      await handle.cancel();
      const { error } = await settled(handle);
      expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
      const document = (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId);
      expect(['terminated', 'cancelled']).toContain(document?.status);
      const { memo, status } = await handle.describe();
      expect(status.name).toBe('CANCELLED');
      expect(memo?.[JOB_MEMO]).toMatchObject({ jobId, outcome: 'killed-by-us' });
    });

    it('asks again when the first wish to stop was answered with 404', async () => {
      const handle = await lab.start(scripted({ durationSeconds: 3_000 }));
      const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
      lab.sandbox.faults.add({ route: 'kill', jobId, status: 404 });
      await handle.cancel();
      await settled(handle);
      expect((await handle.describe()).memo?.[JOB_MEMO]).toMatchObject({ jobId, outcome: 'killed-by-us' });
    });

    it('is not taken in by an answer that contradicts itself', async () => {
      const handle = await lab.start(scripted({ durationSeconds: 3_000 }));
      const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
      const runId = (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.runId;
      const replaceBody = { id: Number(jobId), runId, ...dialect.contradiction };
      const lie = lab.sandbox.faults.add({ route: 'read', jobId, replaceBody });
      await eventually(() => expect(lie.hits).toBe(1));
      await handle.cancel();
      await settled(handle);
      expect((await handle.describe()).memo?.[JOB_MEMO]).toMatchObject({ jobId, outcome: 'killed-by-us' });
    });

    it('leaves nothing running when it is cancelled before or while the job is created', async () => {
      const [component, config] = ['keboola.wr-google-sheets', 'slow'];
      const handle = await lab.start({ component, config });
      await handle.cancel();
      const { error } = await settled(handle);
      expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
      const isIts = (params: Record<string, unknown>): boolean =>
        params['component'] === component && params['config'] === config;
      const jobs = (await lab.sandbox.jobs()).filter(({ params }) => isIts(params));
      expect(jobs.length).toBeLessThanOrEqual(1);
      expect(jobs.filter(({ isFinished }) => !isFinished)).toEqual([]);
    });

    it('closes as canceled, naming the job, when a person stops it in Keboola', async () => {
      const handle = await lab.start({ component: 'keboola.ex-db-mysql', config: 'slow' });
      const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
      expect(await killInKeboola(lab.sandbox, dialect, jobId)).toBe(202);
      const { error } = await settled(handle);
      expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
      const memo = (await handle.describe()).memo?.[JOB_MEMO] as JobResult;
      expect(memo).toMatchObject({ jobId, outcome: 'stopped-by-other' });
      expect(lab.sandbox.counters.killsByJob[jobId]).toBe(1);
    });

    it('fails with JobTerminated instead where the author asked for it', async () => {
      const handle = await lab.start({
        component: 'keboola.snowflake-transformation',
        config: 'slow',
        onTerminated: 'fail',
      });
      const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
      expect(await killInKeboola(lab.sandbox, dialect, jobId)).toBe(202);
      const { error } = await settled(handle);
      expect((error as WorkflowFailedError).cause).toMatchObject({ type: 'JobTerminated', nonRetryable: false });
    });
  });
});

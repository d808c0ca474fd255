import { describe, expect, it } from 'vitest';
import { ask, matching, pausedSandbox } from '../support.js';
import { accepted, finished, readStorageJob, storage } from '../storage-support.js';
import type { StorageJobDocument } from '../storage-support.js';

const WORKSPACES = '/workspaces?async=true';

describe('a job of Storage', () => {
  it('goes from waiting over processing to success, and its results come at the end', async () => {
    const sandbox = await pausedSandbox();
    const job = await accepted(sandbox, WORKSPACES, {
      headers: { 'x-kbc-runid': '77.88' },
      body: { backend: 'snowflake' },
    });
    expect(job).toMatchObject({
      status: 'waiting',
      operationName: 'workspaceCreate',
      tableId: null,
      runId: '77.88',
      results: null,
      createdTime: '2016-05-15T18:14:47+0200',
      startTime: null,
      endTime: null,
      url: `${sandbox.url}/v2/storage/jobs/${job.id}`,
      creatorToken: { id: '53044' },
      operationParams: { values: { backend: 'snowflake' } },
    });
    expect(job).not.toHaveProperty('error');
    sandbox.clock.advance(500);
    expect(await readStorageJob(sandbox, job.id)).toMatchObject({ status: 'processing', results: null, endTime: null });
    sandbox.clock.advance(2_000);
    const done = await readStorageJob(sandbox, job.id);
    expect(done).toMatchObject({
      status: 'success',
      startTime: '2016-05-15T18:14:47+0200',
      results: { type: 'table' },
    });
    expect(done.endTime).toBe('2016-05-15T18:14:49+0200');
  });

  it('has an empty list as the results of an operation that has none', async () => {
    const sandbox = await pausedSandbox();
    const made = await storage<{ id: number }>(sandbox, '/workspaces', { method: 'POST' });
    expect(made.status).toBe(201);
    const job = await finished(sandbox, `/workspaces/${made.json.id}/load`, { body: { input: [] } });
    expect([job.operationName, job.status, job.results]).toEqual(['workspaceLoad', 'success', []]);
  });

  it('may be over before its creation is answered', async () => {
    const sandbox = await pausedSandbox({ storageQueueSeconds: 0, storageJobSeconds: 0 });
    const job = await accepted(sandbox, WORKSPACES);
    expect(job).toMatchObject({ status: 'success', results: { connection: { backend: 'snowflake' } } });
  });

  it('is 404 for another project and for nobody, and cannot be killed', async () => {
    const sandbox = await pausedSandbox();
    const { id } = await accepted(sandbox, WORKSPACES);
    const other = await storage(sandbox, `/jobs/${id}`, { token: '2222-1-other' });
    expect([other.status, other.json['code']]).toEqual([404, 'storage.jobs.notFound']);
    expect((await storage(sandbox, '/jobs/1')).status).toBe(404);
    expect((await ask(sandbox, `/queue/jobs/${id}/kill`, { method: 'POST' })).status).toBe(404);
    expect((await storage(sandbox, `/jobs/${id}/kill`, { method: 'POST' })).status).toBe(404);
  });

  it('keeps all digits of ids above 2^53', async () => {
    const sandbox = await pausedSandbox({ firstTicket: '9007199254740993' });
    const { text } = await storage(sandbox, WORKSPACES, { method: 'POST' });
    expect(text).toContain('"id":9007199254740993,');
    expect((await storage(sandbox, '/jobs/9007199254740993')).status).toBe(200);
  });

  it('is asked for by nobody who may only read', async () => {
    const sandbox = await pausedSandbox();
    const refused = await storage(sandbox, WORKSPACES, { method: 'POST', token: '1134-53045-readonly' });
    expect([refused.status, refused.json['code']]).toEqual([403, 'accessDenied']);
  });
});

describe('the list of jobs of Storage', () => {
  const list = async (query: string, token?: string) => {
    const sandbox = await pausedSandbox();
    const made: number[] = [];
    for (let count = 0; count < 4; count++) {
      if (count === 3) sandbox.faults.add({ route: 'workspaceCreate', jobFails: true });
      made.push((await accepted(sandbox, WORKSPACES)).id);
      sandbox.clock.advance(10_000);
    }
    const shown = await storage<StorageJobDocument[]>(sandbox, `/jobs?${query}`, token === undefined ? {} : { token });
    return shown.json.map(({ id }) => made.indexOf(id));
  };

  it('shows the newest first, with a limit and an offset', async () => {
    expect(await list('')).toEqual([3, 2, 1, 0]);
    expect(await list('limit=2&offset=1')).toEqual([2, 1]);
    expect(await list('', '2222-1-other')).toEqual([]);
  });

  it('knows statuses and times, and no run id', async () => {
    expect(await list('storage_job_status[]=error')).toEqual([3]);
    expect(await list('storage_job_status[0]=error&storage_job_status[1]=waiting')).toEqual([3]);
    expect(await list('excluded_storage_job_status[]=error')).toEqual([2, 1, 0]);
    expect(await list('created_time_from=2016-05-15T18:15:07%2B02:00')).toEqual([3, 2]);
    expect(await list('created_time_to=2016-05-15 18:14:57')).toEqual([1, 0]);
    expect(await list('created_time=2016-05-15T18:14:47%2B0200&created_time_from=2017-01-01')).toEqual([0]);
    expect(await list('start_time_from=-15 seconds')).toEqual([3]);
    expect(await list('end_time_to=2016-05-15 18:14:50')).toEqual([0]);
    expect(await list('runId=1')).toEqual([3, 2, 1, 0]);
  });

  it('refuses what it cannot read', async () => {
    const sandbox = await pausedSandbox();
    for (const query of ['limit=many', 'limit=10001', 'created_time=soon', 'storage_job_status=done']) {
      const { status, json } = await storage(sandbox, `/jobs?${query}`);
      expect([query, status, json['code']]).toEqual([query, 400, 'storage.validation']);
    }
  });
});

describe('faults of Storage operations', () => {
  it('let a job fail with a code of choice and change nothing', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'workspaceCreate', call: 2, jobFails: { code: 'storage.backend.exception' } });
    expect((await finished(sandbox, WORKSPACES)).status).toBe('success');
    const failed = await finished(sandbox, WORKSPACES);
    expect(failed).toMatchObject({ status: 'error', results: [], error: { code: 'storage.backend.exception' } });
    expect(failed.error?.exceptionId).toEqual(matching(/^keboola-[0-9a-f]{32}$/));
    expect((await storage<unknown[]>(sandbox, '/workspaces')).json).toHaveLength(1);
  });

  it('let a job take its time, or wait for ever', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'workspaceCreate', jobSeconds: 3_600 });
    const slow = await accepted(sandbox, WORKSPACES);
    sandbox.faults.add({ route: 'workspaceCreate', neverQueued: true });
    expect((await storage(sandbox, WORKSPACES, { method: 'POST' })).status).toBe(500);
    sandbox.clock.advance(3_600_000);
    expect((await readStorageJob(sandbox, slow.id)).status).toBe('processing');
    sandbox.clock.advance(86_400_000);
    const [ghost, done] = (await storage<StorageJobDocument[]>(sandbox, '/jobs')).json;
    expect([ghost?.status, done?.status]).toEqual(['waiting', 'success']);
  });

  it('lose the answer of a creation, whose job is found by its time and run id', async () => {
    const sandbox = await pausedSandbox();
    const lost = { method: 'POST', headers: { 'x-kbc-runid': '900' } } as const;
    sandbox.faults.add({ route: 'workspaceCreate', reset: 'after' });
    await expect(storage(sandbox, WORKSPACES, lost)).rejects.toThrow();
    sandbox.faults.add({ route: 'workspaceCreate', lateWrite: { afterSeconds: 30 } });
    await expect(storage(sandbox, WORKSPACES, lost)).rejects.toThrow();
    const found = async () => (await storage<StorageJobDocument[]>(sandbox, '/jobs')).json.map(({ runId }) => runId);
    expect(await found()).toEqual(['900']);
    sandbox.clock.advance(30_000);
    expect(await found()).toEqual(['900', '900']);
    expect(sandbox.counters.byRunIdPrefix('900').storageJobs).toBe(2);
  });

  it('are refused where they cannot happen', async () => {
    const sandbox = await pausedSandbox();
    expect(() => sandbox.faults.add({ route: 'create', jobFails: true })).toThrow(/jobFails is for the routes /);
    expect(() => sandbox.faults.add({ route: 'storageJob', jobSeconds: 1 })).toThrow(/jobSeconds is for the routes/);
    expect(() => sandbox.faults.add({ route: 'workspaceCreate', ticketsFail: true })).toThrow(/route create only/);
  });
});

describe('counters of Storage', () => {
  it('count calls, jobs by operation and reads by job', async () => {
    const sandbox = await pausedSandbox();
    const { id } = await finished(sandbox, WORKSPACES);
    await readStorageJob(sandbox, id);
    await storage(sandbox, WORKSPACES, { method: 'POST', body: { backend: 'oracle' } });
    expect(sandbox.counters).toMatchObject({
      storagePosts: 2,
      storageJobsByOperation: { workspaceCreate: 1 },
      readsByStorageJob: { [id]: 2 },
      posts: 0,
      jobs: 0,
      requests: { workspaceCreate: 2, storageJob: 2 },
    });
    expect(sandbox.requests[0]).toMatchObject({ route: 'workspaceCreate', status: 202, jobId: String(id) });
    sandbox.reset();
    expect(sandbox.counters).toEqual(
      expect.objectContaining({ storagePosts: 0, storageJobsByOperation: {}, readsByStorageJob: {} }),
    );
    expect((await storage(sandbox, `/jobs/${id}`)).status).toBe(404);
  });

  it('are bounded by the number of jobs kept', async () => {
    const sandbox = await pausedSandbox({ jobsMax: 2, storageJobSeconds: 100 });
    const first = await finished(sandbox, WORKSPACES);
    sandbox.clock.advance(100_000);
    await accepted(sandbox, WORKSPACES);
    await accepted(sandbox, WORKSPACES);
    expect((await storage(sandbox, `/jobs/${first.id}`)).status).toBe(404);
    const full = await storage(sandbox, WORKSPACES, { method: 'POST' });
    expect([full.status, full.json['code']]).toEqual([400, 'sandbox.full']);
  });
});

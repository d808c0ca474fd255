import { describe, expect, test } from 'vitest';
import type { SyrupJobApi } from '../../../src/keboola/syrup/syrup-job-api.js';
import { startFakeStack, STACK_TOKEN } from '../../support/fake-stack.js';
import type { Reply, SeenRequest } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';
import { syrupJobs } from '../../support/syrup-jobs.js';

const RUN = 'POST /docker/keboola.ex-http/run';
const PLACE = { connection: 'default', project: '1134' };
const request = { ...PLACE, component: 'keboola.ex-http', config: 'orders', runId: '77.900000000000001' };

interface Lab {
  jobs: SyrupJobApi;
  /** The requests since discovery. */
  seen: () => SeenRequest[];
}

async function lab(routes: Record<string, Reply>): Promise<Lab> {
  const { keboola, requests } = await startFakeStack({ routes });
  return {
    jobs: await syrupJobs(keboola),
    seen: () => requests.filter(({ path }) => !path.startsWith('/v2/storage')),
  };
}

describe('a creation', () => {
  test('is one POST with run id, token and body', async () => {
    const { jobs, seen } = await lab({ [RUN]: replies.json(202, { id: '1000001', url: 'x', status: 'waiting' }) });
    const prepared = await jobs.prepareCreate({ ...request, configData: { parameters: {} } });
    expect(seen()).toEqual([]);
    expect(await prepared.send()).toMatchObject({ jobId: '1000001', status: 'waiting' });
    expect(seen()).toHaveLength(1);
    expect(seen()[0]?.headers).toMatchObject({
      'x-kbc-runid': '77.900000000000001',
      'x-storageapi-token': STACK_TOKEN,
    });
    expect(JSON.parse(seen()[0]?.body ?? '')).toEqual({ config: 'orders', configData: { parameters: {} } });
  });

  test.each([
    ['a number for an id', { id: 1000001, status: 'waiting' }, { jobId: '1000001', status: 'waiting' }],
    ['a wide id', { id: '9007199254740993', status: 'waiting' }, { jobId: '9007199254740993', status: 'waiting' }],
    ['no status', { id: '1' }, { jobId: '1', status: 'waiting' }],
    ['a status that is none', { id: '1', status: null }, { jobId: '1', status: 'waiting' }],
    ['the other spelling', { id: '1', status: 'canceled' }, { jobId: '1', status: 'cancelled' }],
  ])('is known by its id alone: %s', async (_, answer, created) => {
    const { jobs } = await lab({ [RUN]: replies.json(202, answer) });
    expect(await (await jobs.prepareCreate(request)).send()).toMatchObject(created);
  });
});

describe('a creation that fails is sent once and never again', () => {
  const disabled = { status: 'error', error: 'Project is disabled', code: 503, message: 'Maintenance' };

  test.each<[string, Reply, string]>([
    ['reset after it was read', replies.reset(), 'unknown'],
    ['answered by half of a body', replies.cutShort(), 'unknown'],
    ['answered 202 with an empty body', replies.text(202, ''), 'unknown'],
    ['answered 202 with HTML', replies.html(202), 'unknown'],
    ['answered 202 without an id', replies.json(202, { status: 'waiting' }), 'unknown'],
    ['answered 202 with an id that climbs', replies.json(202, { id: '..', status: 'waiting' }), 'unknown'],
    ['answered 202 with an id of two lines', replies.json(202, { id: '1\r\n2', status: 'waiting' }), 'unknown'],
    ['answered 202 with an id of 5,000 letters', replies.json(202, { id: 'x'.repeat(5_000) }), 'unknown'],
    ['answered 202 with half a number for an id', replies.json(202, { id: 1.5 }), 'unknown'],
    ['answered 202 with 10 MB', replies.large(10 * 1024 * 1024), 'unknown'],
    ['answered 302', replies.redirect(302, '/elsewhere'), 'unknown'],
    ['answered 500', replies.json(500, { error: 'Application error', message: 'Contact support' }), 'unknown'],
    ['answered 502 with HTML', replies.html(502), 'unknown'],
    ['answered 503', replies.html(503), 'unknown'],
    ['answered 503 with Retry-After', replies.text(503, '', { 'retry-after': '7' }), 'unknown'],
    ['answered 408', replies.json(408, {}), 'unknown'],
    ['answered 503 for maintenance', replies.json(503, disabled), 'refused-for-now'],
    ['answered 429', replies.json(429, {}, { 'retry-after': '7' }), 'refused-for-now'],
    ['answered 400', replies.json(400, { message: 'Component not found' }), 'refused'],
    ['answered 401', replies.json(401, { message: `Invalid token ${STACK_TOKEN}` }), 'refused-for-now'],
    ['answered 404', replies.json(404, { message: 'Route not found' }), 'refused'],
  ])('%s', async (_, reply, kind) => {
    const { jobs, seen } = await lab({ [RUN]: reply });
    const prepared = await jobs.prepareCreate(request);
    const outcome: unknown = await prepared.send().catch((error: unknown) => prepared.outcomeOf(error));
    expect(outcome).toMatchObject({ kind });
    expect(JSON.stringify(outcome)).not.toContain(STACK_TOKEN);
    // Long enough for a repetition to show itself.
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(seen().map(({ method, path }) => `${method} ${path}`)).toEqual([RUN]);
  });
});

describe('a read', () => {
  const finished = { id: 5, runId: '9.6', status: 'success', isFinished: true, result: { message: 'Done', rows: 3 } };

  test('gives the view with the result of a finished job, and the clock of the server', async () => {
    const { jobs } = await lab({
      'GET /queue/job/5': replies.json(200, finished, { date: 'Thu, 01 Jan 2026 10:00:00 GMT' }),
    });
    expect(await jobs.get('5')).toEqual({
      serverTime: '2026-01-01T10:00:00.000Z',
      view: {
        jobId: '5',
        runId: '9.6',
        status: 'success',
        isFinished: true,
        component: '',
        message: 'Done',
        result: { message: 'Done', rows: 3 },
      },
    });
  });

  test('leaves out the result of an unfinished job, which may be emptied again', async () => {
    const running = { ...finished, status: 'processing', isFinished: false };
    const { jobs } = await lab({ 'GET /queue/job/5': replies.json(200, running) });
    expect((await jobs.get('5')).view).not.toHaveProperty('result');
  });

  test('bounds the result', async () => {
    const large = { ...finished, result: { message: 'Done', rows: new Array(50_000).fill(1) } };
    const { jobs } = await lab({ 'GET /queue/job/5': replies.json(200, large) });
    expect((await jobs.get('5')).view).toMatchObject({ result: { message: 'Done' }, truncated: true });
  });

  test.each([
    ['of another job', { ...finished, id: 6 }, 'it is the document of job 6'],
    ['without a status', { id: 5 }, 'the job document has no usable "status"'],
    ['that is a list', [finished], 'the job document has no usable "job"'],
  ])('%s is a protocol error', async (_, document, reason) => {
    const { jobs } = await lab({ 'GET /queue/job/5': replies.json(200, document) });
    await expect(jobs.get('5')).rejects.toMatchObject({
      kind: 'protocol',
      message: expect.stringContaining(reason) as string,
    });
  });

  test('of an id that is no path segment stays below the queue', async () => {
    const { jobs, seen } = await lab({});
    await expect(jobs.get('../x?y#z')).rejects.toMatchObject({ kind: 'not-found' });
    expect(seen()[0]?.path).toBe('/queue/job/..%2Fx%3Fy%23z');
  });

  test('is not repeated on a failure', async () => {
    const { jobs, seen } = await lab({ 'GET /queue/job/5': replies.reset() });
    await expect(jobs.get('5')).rejects.toMatchObject({ kind: 'interrupted' });
    expect(seen()).toHaveLength(1);
  });

  test('that nobody waits for any more is not made', async () => {
    const { jobs, seen } = await lab({ 'GET /queue/job/5': replies.json(200, finished) });
    await expect(jobs.get('5', AbortSignal.abort())).rejects.toMatchObject({ kind: 'interrupted' });
    expect(seen()).toEqual([]);
  });
});

describe('a kill', () => {
  test('is one POST without a body to the plural route', async () => {
    const { jobs, seen } = await lab({ 'POST /queue/jobs/5/kill': replies.json(202, { message: 'accepted' }) });
    await jobs.kill('5');
    expect(seen()).toMatchObject([{ method: 'POST', path: '/queue/jobs/5/kill', body: '' }]);
  });

  test('of a finished job is refused', async () => {
    const { jobs } = await lab({ 'POST /queue/jobs/5/kill': replies.json(400, { message: 'Job is finished' }) });
    await expect(jobs.kill('5')).rejects.toMatchObject({ kind: 'refused' });
  });
});

function query(seen: SeenRequest | undefined): Record<string, string> {
  return Object.fromEntries(new URL(seen?.path ?? '', 'http://x').searchParams);
}

describe('a list', () => {
  test('asks for what lies below a run id, with bounds', async () => {
    const { jobs, seen } = await lab({
      'GET /queue/jobs': replies.json(200, [
        { id: 2, status: 'success' },
        { id: 1, status: 'error' },
      ]),
    });
    const { jobs: views } = await jobs.list({ belowRunId: '77.900000000000001', limit: 50, offset: 100 });
    expect(views.map(({ jobId }) => jobId)).toEqual(['2', '1']);
    expect(query(seen()[0])).toEqual({
      q: 'runId:77.900000000000001.*',
      limit: '50',
      offset: '100',
    });
  });

  test('asks for all jobs without a run id', async () => {
    const { jobs, seen } = await lab({ 'GET /queue/jobs': replies.json(200, []) });
    expect(await jobs.list({ limit: 10 })).toMatchObject({ jobs: [], showsAny: false, isWhole: true });
    expect(query(seen()[0])).toEqual({ q: '', limit: '10', offset: '0' });
  });

  test('escapes a run id that holds operators of the search', async () => {
    const { jobs, seen } = await lab({ 'GET /queue/jobs': replies.json(200, []) });
    await jobs.list({ belowRunId: '*-a:(b)', limit: 10 });
    expect(query(seen()[0])['q']).toBe(String.raw`runId:\*\-a\:\(b\).*`);
  });

  test('that is as long as was asked for is not taken for whole, though not all of it can be read', async () => {
    const documents = [{ id: 2, status: 'success' }, { of: 'another shape' }];
    const { jobs } = await lab({ 'GET /queue/jobs': replies.json(200, documents) });
    expect(await jobs.list({ limit: 2 })).toMatchObject({ jobs: [{ jobId: '2' }], isWhole: false });
  });

  test('of documents that cannot be read shows something all the same', async () => {
    const { jobs } = await lab({ 'GET /queue/jobs': replies.json(200, [{ of: 'another shape' }]) });
    expect(await jobs.list({ limit: 2 })).toMatchObject({ jobs: [], showsAny: true, isWhole: true });
  });

  test('that is none is a protocol error', async () => {
    const { jobs } = await lab({ 'GET /queue/jobs': replies.json(200, { jobs: [] }) });
    await expect(jobs.list({ limit: 10 })).rejects.toMatchObject({ kind: 'protocol' });
  });
});

test('the holder of a lock is asked for by that lock, among however many jobs that run', async () => {
  const lockName = 'docker-12-"keboola".ex-http-7';
  const others = Array.from({ length: 100 }, (_, at) => ({ id: at + 10, status: 'processing', lockName: 'other' }));
  const { jobs } = await lab({
    'GET /queue/job/2': replies.json(200, { id: 2, status: 'waiting', lockName }),
    'GET /queue/jobs': (response, request) => {
      const asked = query(request)['q'] ?? '';
      const isOfLock = asked.includes(String.raw`lockName:"docker-12-\"keboola\".ex-http-7"`);
      replies.json(200, isOfLock ? [{ id: 1, status: 'processing', lockName }] : others)(response, request);
    },
  });
  expect(await jobs.reasonToWait('2')).toEqual({ kind: 'lock', jobId: '1' });
});

test('nobody is asked for the holder where a job has no lock', async () => {
  const { jobs, seen } = await lab({ 'GET /queue/job/2': replies.json(200, { id: 2, status: 'waiting' }) });
  expect(await jobs.reasonToWait('2')).toEqual({ kind: 'nothing' });
  expect(seen().map(({ path }) => path)).toEqual(['/queue/job/2']);
});

test.each(['..', '.', ''])('a job of the id %j is neither read nor killed: it would be elsewhere', async (id) => {
  const { jobs, seen } = await lab({});
  await expect(jobs.get(id)).rejects.toMatchObject({ kind: 'protocol' });
  await expect(jobs.kill(id)).rejects.toMatchObject({ kind: 'protocol' });
  expect(seen()).toEqual([]);
});

test('a call that is answered by something like a job, whose id is none, may have made one', async () => {
  const call = { method: 'POST', path: '/provisioning/async/docker' } as const;
  const { jobs } = await lab({ 'POST /provisioning/async/docker': replies.json(200, { id: '..', status: 'waiting' }) });
  const prepared = await jobs.prepareCreate({ ...PLACE, runId: '77.9', call });
  const outcome = await prepared.send().catch((error: unknown) => prepared.outcomeOf(error));
  expect(outcome).toMatchObject({ kind: 'unknown' });
});

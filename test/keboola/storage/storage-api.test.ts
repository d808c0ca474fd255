import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { outcomeOfFailedCall } from '../../../src/keboola/storage/storage-outcome.js';
import { startFakeStack, STACK_TOKEN } from '../../support/fake-stack.js';
import type { Reply } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

const path = 'buckets/in.c-main/tables-async';
const call = { method: 'POST', path, body: { name: 'a' }, runId: '1.2' } as const;
const POST = `POST /v2/storage/${path}`;

async function send(reply: Reply, to = path): Promise<unknown> {
  const { keboola } = await startFakeStack({ routes: { [`POST /v2/storage/${to}`]: reply } });
  const prepared = await keboola.storage.prepareCall({ ...call, path: to });
  return await prepared.send().catch((error: unknown) => outcomeOfFailedCall(error));
}

describe('a call of Storage', () => {
  it('is answered by a job, whatever its id and its results look like', async () => {
    const job = { id: '9007199254740993', status: 'success', results: [], operationName: 'tableCreate' };
    expect(await send(replies.json(202, job))).toMatchObject({ jobId: '9007199254740993', status: 'success' });
  });

  it('is one call with its body, run id and token, and its job is told at the configured origin', async () => {
    const answer = replies.json(202, { id: 5, status: 'waiting', url: 'https://elsewhere.example/5' });
    const { keboola, requests, url } = await startFakeStack({ routes: { [POST]: answer } });
    const prepared = await keboola.storage.prepareCall(call);
    expect(requests).toEqual([]);
    expect(await prepared.send()).toEqual({ jobId: '5', status: 'waiting', url: `${url}/v2/storage/jobs/5` });
    expect(requests.map(({ body }) => body)).toEqual(['{"name":"a"}']);
    expect(requests[0]?.headers).toMatchObject({ 'x-kbc-runid': '1.2', 'x-storageapi-token': STACK_TOKEN });
  });

  it('that was accepted without a job says what is wrong with the answer', async () => {
    const { keboola } = await startFakeStack({ routes: { [POST]: replies.json(202, { id: 5 }) } });
    const error: unknown = await (await keboola.storage.prepareCall(call)).send().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      facts: {
        kind: 'protocol',
        method: 'POST',
        path: `/v2/storage/${path}`,
        status: 202,
        reason: 'the job document has no usable "status"',
      },
    });
  });

  it.each([
    ['202 with a page', replies.text(202, '<html/>', { 'content-type': 'text/html' }), 'unknown', undefined],
    ['202 without a job', replies.json(202, { ok: true }), 'unknown', undefined],
    ['202 with an id that climbs', replies.json(202, { id: '..', status: 'waiting' }), 'unknown', undefined],
    ['500', replies.json(500, {}), 'unknown', undefined],
    ['a table at once', replies.json(201, { id: 'in.c-main.a' }), 'unknown', undefined],
    ['200 with nothing of a job', replies.json(200, {}), 'unknown', undefined],
    ['200 with null', replies.json(200, null), 'unknown', undefined],
    ['204', replies.text(204, ''), 'unknown', undefined],
    ['501', replies.json(501, {}), 'refused', 'CreateRefused'],
    ['400', replies.json(400, { error: 'no', code: 'storage.x' }), 'refused', 'CreateRefused'],
    ['401', replies.json(401, {}), 'refused-for-now', undefined],
    ['403', replies.json(403, {}), 'refused', 'TokenRefused'],
    ['maintenance', replies.json(503, { status: 'maintenance' }), 'refused-for-now', undefined],
  ])('has an outcome that is known: %s', async (_, reply, kind, type) => {
    expect(await send(reply)).toMatchObject({ kind, ...(type && { type }) });
  });

  it.each([
    ['a document at once', replies.json(200, { id: 'in.c-main.a' })],
    ['204', replies.text(204, '')],
  ])('that Storage may carry out at once has made no job: %s', async (_, reply) => {
    expect(await send(reply, 'tables/in.c-main.a/swap')).toMatchObject({ kind: 'refused', type: 'ProtocolError' });
  });
});

describe('a read', () => {
  const document = { id: 5, runId: '1.2', status: 'processing', operationName: 'tableImport' };

  it('gives the view of a job, and the clock of the server', async () => {
    const answer = replies.json(200, document, { date: 'Thu, 01 Jan 2026 10:00:00 GMT' });
    const { keboola, requests } = await startFakeStack({ routes: { 'GET /v2/storage/jobs/5': answer } });
    expect(await keboola.storage.job('5')).toEqual({
      serverTime: '2026-01-01T10:00:00.000Z',
      view: { jobId: '5', runId: '1.2', status: 'processing', component: 'storage', operation: 'tableImport' },
    });
    expect(requests[0]?.headers).toMatchObject({ 'x-storageapi-token': STACK_TOKEN });
  });

  it.each([
    ['of another job', { ...document, id: 6 }, 'it is the document of job 6'],
    ['without a status', { id: 5 }, 'the job document has no usable "status"'],
    ['that is a list', [document], 'the job document has no usable "job"'],
  ])('of a document %s is a protocol error', async (_, answer, reason) => {
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/jobs/5': replies.json(200, answer) } });
    const error: unknown = await keboola.storage.job('5').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ facts: { kind: 'protocol', method: 'GET', path: '/v2/storage/jobs/5', reason } });
  });

  it('that nobody waits for any more is not made', async () => {
    const { keboola, requests } = await startFakeStack({
      routes: { 'GET /v2/storage/jobs/5': replies.json(200, document) },
    });
    await expect(keboola.storage.job('5', AbortSignal.abort())).rejects.toMatchObject({ kind: 'interrupted' });
    expect(requests).toEqual([]);
  });

  it('of an id that is no path segment stays below the jobs', async () => {
    const { keboola, url } = await startFakeStack();
    expect(keboola.storage.jobUrl('../x?y')).toBe(`${url}/v2/storage/jobs/..%2Fx%3Fy`);
  });
});

describe('a call that is answered at once', () => {
  it('carries its body and its run id, and its answer is read by what is expected of it', async () => {
    const { keboola, requests } = await startFakeStack({
      routes: { [POST]: replies.json(200, { id: 1, more: true }) },
    });
    expect(await keboola.storage.ask(z.object({ id: z.number() }), call)).toEqual({ id: 1 });
    expect(requests).toMatchObject([
      { body: '{"name":"a"}', headers: { 'x-kbc-runid': '1.2', 'x-storageapi-token': STACK_TOKEN } },
    ]);
    await expect(keboola.storage.ask(z.object({ id: z.string() }), call)).rejects.toMatchObject({ kind: 'protocol' });
  });

  it('has no body where it was given none', async () => {
    const { keboola, requests } = await startFakeStack({ routes: { [POST]: replies.json(200, []) } });
    await keboola.storage.ask(z.array(z.string()), { method: 'POST', path, runId: '1.2' });
    expect(requests.map(({ body }) => body)).toEqual(['']);
  });
});

describe('a search', () => {
  const job = (id: number, runId: string | null): object => ({ id, status: 'success', runId });

  it('looks through all pages, and finds what carries the run id exactly', async () => {
    const pages: Reply = (response, request) => {
      const offset = Number(new URLSearchParams(request.path.split('?')[1]).get('offset'));
      const page = offset === 0 ? Array.from({ length: 500 }, (_one, at) => job(at + 10, '1.2.3')) : [job(1, '1.2')];
      replies.json(200, page)(response, request);
    };
    const { keboola, requests } = await startFakeStack({ routes: { 'GET /v2/storage/jobs': pages } });
    const since = { sinceMs: Date.parse('2026-01-01T00:00:00Z') };
    expect(await keboola.storage.findByRunId('1.2', since)).toMatchObject({ hits: [{ jobId: '1' }] });
    expect(requests.map((request) => request.path)).toEqual([
      '/v2/storage/jobs?limit=500&offset=0',
      '/v2/storage/jobs?limit=500&offset=500',
    ]);
  });

  it('goes on after a full page of which one document cannot be read', async () => {
    const pages: Reply = (response, request) => {
      const offset = Number(new URLSearchParams(request.path.split('?')[1]).get('offset'));
      const full = [{ of: 'another shape' }, ...Array.from({ length: 499 }, (_one, at) => job(at + 10, null))];
      replies.json(200, offset === 0 ? full : [job(1, '1.2')])(response, request);
    };
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/jobs': pages } });
    expect(await keboola.storage.findByRunId('1.2', undefined)).toMatchObject({ hits: [{ jobId: '1' }] });
  });

  it('does not believe that there is none while a job below it is shown', async () => {
    const { keboola } = await startFakeStack({
      routes: { 'GET /v2/storage/jobs': replies.json(200, [job(2, '1.2.3')]) },
    });
    expect(await keboola.storage.findByRunId('1.2', undefined)).toEqual({ hits: [], trustworthy: false, proven: true });
  });

  it.each([
    ['an empty project', [], false],
    ['jobs of others', [job(1, null)], true],
    ['jobs that cannot be read', [{ of: 'another shape' }], true],
  ])('believes an empty answer only where there are other jobs: %s', async (_, page, trustworthy) => {
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/jobs': replies.json(200, page) } });
    expect(await keboola.storage.findByRunId('1.2', undefined)).toEqual({ hits: [], trustworthy });
  });

  it.each([
    ['jobs of others', '9', { hits: [], trustworthy: false }],
    ['jobs below it', '1.2.3', { hits: [], trustworthy: false, proven: true }],
  ])('gives up after 10,000 documents, page by page, and is not believed then: %s', async (_, runId, found) => {
    const offsets: (string | null)[] = [];
    const full = Array.from({ length: 500 }, (_one, at) => job(at, runId));
    const pages: Reply = (response, request) => {
      offsets.push(new URL(request.path, 'http://x').searchParams.get('offset'));
      replies.json(200, full)(response, request);
    };
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/jobs': pages } });
    expect(await keboola.storage.findByRunId('1.2', undefined)).toEqual(found);
    expect(offsets).toEqual(Array.from({ length: 20 }, (_one, at) => String(at * 500)));
  });

  it('believes what it has found', async () => {
    const { keboola } = await startFakeStack({
      routes: { 'GET /v2/storage/jobs': replies.json(200, [job(1, '1.2'), job(2, '1.2.3')]) },
    });
    const found = await keboola.storage.findByRunId('1.2', undefined);
    expect(found).toMatchObject({ hits: [{ jobId: '1' }], trustworthy: true });
    expect(found.hits).toHaveLength(1);
  });

  it.each([
    ['ends with a page of jobs that are older', '2026-01-01T00:00:00Z', {}, 1, true],
    ['goes on where they are not', '2026-01-01T02:00:00Z', {}, 20, false],
    // Two hours behind the one that asks.
    ['goes on where a clock is behind', '2026-01-01T00:00:00Z', { date: 'Thu, 01 Jan 2026 00:00:01 GMT' }, 20, false],
  ])('%s', async (_, createdTime, headers, count, trustworthy) => {
    const newestFirst = Array.from({ length: 500 }, (_one, at) => ({ ...job(9_999 - at, '9'), createdTime }));
    const answer = replies.json(200, newestFirst, headers);
    const { keboola, requests } = await startFakeStack({ routes: { 'GET /v2/storage/jobs': answer } });
    const since = { sinceMs: Date.parse('2026-01-01T01:00:00Z'), askedAtMs: Date.parse('2026-01-01T02:00:01Z') };
    expect(await keboola.storage.findByRunId('1.2', since)).toEqual({ hits: [], trustworthy });
    expect(requests).toHaveLength(count);
  });

  it('asks for less at a time where an answer would be too large', async () => {
    const limits: number[] = [];
    const large: Reply = (response, request) => {
      const limit = Number(new URL(request.path, 'http://x').searchParams.get('limit'));
      limits.push(limit);
      const results = { text: 'x'.repeat(20_000) };
      const page = limit < 500 ? [job(1, '1.2')] : Array.from({ length: limit }, () => ({ ...job(2, '9'), results }));
      replies.json(200, page)(response, request);
    };
    const { keboola } = await startFakeStack({ routes: { 'GET /v2/storage/jobs': large } });
    expect(await keboola.storage.findByRunId('1.2', undefined)).toMatchObject({ hits: [{ jobId: '1' }] });
    expect(limits).toEqual([500, 100]);
  });
});

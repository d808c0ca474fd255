import { describe, expect, it } from 'vitest';
import { outcomeOfFailedCall } from '../../../src/keboola/storage/storage-outcome.js';
import { startFakeStack } from '../../support/fake-stack.js';
import type { Reply } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

const path = 'buckets/in.c-main/tables-async';
const call = { method: 'POST', path, body: { name: 'a' }, runId: '1.2' } as const;
const POST = `POST /v2/storage/${path}`;

async function send(reply: Reply): Promise<unknown> {
  const { keboola } = await startFakeStack({ routes: { [POST]: reply } });
  const prepared = await keboola.storage.prepareCall(call);
  return await prepared.send().catch((error: unknown) => outcomeOfFailedCall(error));
}

describe('a call of Storage', () => {
  it('is answered by a job, whatever its id and its results look like', async () => {
    const job = { id: '9007199254740993', status: 'success', results: [], operationName: 'tableCreate' };
    expect(await send(replies.json(202, job))).toMatchObject({ jobId: '9007199254740993', status: 'success' });
  });

  it.each([
    ['202 with a page', replies.text(202, '<html/>', { 'content-type': 'text/html' }), 'unknown', undefined],
    ['202 without a job', replies.json(202, { ok: true }), 'unknown', undefined],
    ['202 with an id that climbs', replies.json(202, { id: '..', status: 'waiting' }), 'unknown', undefined],
    ['500', replies.json(500, {}), 'unknown', undefined],
    ['a table at once', replies.json(201, { id: 'in.c-main.a' }), 'refused', 'ProtocolError'],
    ['204', replies.text(204, ''), 'refused', 'ProtocolError'],
    ['501', replies.json(501, {}), 'refused', 'CreateRefused'],
    ['400', replies.json(400, { error: 'no', code: 'storage.x' }), 'refused', 'CreateRefused'],
    ['401', replies.json(401, {}), 'refused-for-now', undefined],
    ['403', replies.json(403, {}), 'refused', 'TokenRefused'],
    ['maintenance', replies.json(503, { status: 'maintenance' }), 'refused-for-now', undefined],
  ])('has an outcome that is known: %s', async (_, reply, kind, type) => {
    expect(await send(reply)).toMatchObject({ kind, ...(type && { type }) });
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
    const since = new Date('2026-01-01T00:00:00Z');
    expect(await keboola.storage.findByRunId('1.2', since)).toMatchObject({ hits: [{ jobId: '1' }] });
    expect(requests[0]?.path).toContain('created_time_from=2026-01-01T00%3A00%3A00.000Z');
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
});

import { describe, expect, it } from 'vitest';
import { ask, matching, pausedSandbox, post, read, run, runScript } from '../support.js';
import type { ControlledClock, Sandbox } from '../../../src/sandbox/index.js';
import { finished, load, storage, tableOf } from '../storage-support.js';

interface EventDocument {
  id: number;
  uuid: string;
  type: string;
  message: string;
  runId: string | null;
}

const events = async (sandbox: Sandbox, query = ''): Promise<EventDocument[]> =>
  (await storage<EventDocument[]>(sandbox, `/events?${query}`)).json;
const told = async (sandbox: Sandbox, query = ''): Promise<string[]> =>
  (await events(sandbox, query)).map(({ type, message }) => `${type}: ${message}`);

async function ended(sandbox: Sandbox<ControlledClock>, script: object, runId?: string): Promise<string> {
  const id = await runScript(sandbox, script, runId === undefined ? {} : { 'x-kbc-runid': runId });
  sandbox.clock.advance(100_000);
  return (await read(sandbox, id)).runId;
}

describe('events of a job', () => {
  it('tell of its start, its work and its end, under its run id', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'success');
    const { runId } = await read(sandbox, id);
    sandbox.clock.advance(2_000);
    expect(await told(sandbox, `runId=${runId}`)).toEqual(['info: Running keboola.ex-http']);
    sandbox.clock.advance(10_000);
    const [end, progress, start] = await events(sandbox, `runId=${runId}`);
    expect(end).toMatchObject({
      type: 'success',
      message: 'Component processing finished.',
      runId,
      component: 'keboola.ex-http',
      configurationId: 'success',
      created: '2016-05-15T18:14:50+0200',
      performance: { duration: 3 },
      token: { id: '53044', name: 'ondrej.popelka@keboola.com' },
      event: 'ext.keboola.ex-http.',
    });
    expect(end?.uuid).toEqual(matching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/));
    expect([start?.type, progress?.type]).toEqual(['info', 'info']);
  });

  it('are what its script says, and end with what went wrong', async () => {
    const sandbox = await pausedSandbox();
    const script = {
      status: 'error',
      message: 'No such table.',
      durationSeconds: 10,
      events: [
        { message: 'Half', afterSeconds: 5, type: 'warn' },
        { message: 'First' },
        { message: 'Never', afterSeconds: 11 },
      ],
    };
    const runId = await ended(sandbox, script);
    expect(await told(sandbox, `runId=${runId}&sortOrder=asc`)).toEqual([
      'info: Running keboola.ex-http',
      'info: First',
      'warn: Half',
      'error: No such table.',
    ]);
  });

  it('are there once more for every execution, and none for a job that never ran', async () => {
    const sandbox = await pausedSandbox({ pickUpDelaySeconds: 1 });
    const again = await ended(sandbox, { rerunAfterSeconds: 2, durationSeconds: 6 });
    expect(await told(sandbox, `runId=${again}`)).toHaveLength(4);
    const id = await run(sandbox, 'success');
    await post(sandbox, `/queue/jobs/${id}/kill`);
    sandbox.clock.advance(10_000);
    expect(await told(sandbox, `runId=${(await read(sandbox, id)).runId}`)).toEqual([]);
  });

  it('of a whole tree come by the run id of its root, and no others', async () => {
    const sandbox = await pausedSandbox();
    const runId = await ended(sandbox, { children: [{ component: 'ex-db' }] }, '77');
    await ended(sandbox, {}, '771');
    expect(await told(sandbox, `runId=${runId}`)).toHaveLength(6);
    expect(await told(sandbox, 'runId=77')).toHaveLength(6);
    expect(await told(sandbox, 'runId=77&component=ex-db')).toHaveLength(3);
  });
});

describe('events of Storage', () => {
  it('tell what its jobs did or failed to do', async () => {
    const sandbox = await pausedSandbox();
    const table = await tableOf(sandbox, 'id\n1\n');
    await load(sandbox, table, 'id\n1,2\n');
    await finished(sandbox, `/tables/${table}/export-async`, { headers: { 'x-kbc-runid': '5' } });
    const [exported, failed, created] = await events(sandbox, 'component=storage');
    expect(exported).toMatchObject({
      event: 'storage.tableExported',
      objectId: table,
      objectType: 'table',
      runId: '5',
    });
    expect(failed).toMatchObject({ event: 'storage.tableImportFailed', type: 'error', message: matching(/line 2/) });
    expect(created).toMatchObject({ event: 'storage.tableCreated', type: 'success' });
    expect((await storage<unknown[]>(sandbox, `/tables/${table}/events`)).json).toHaveLength(2);
  });
});

describe('the list of events', () => {
  it('shows a hundred, the newest first, with limit, offset, bounds and order', async () => {
    const sandbox = await pausedSandbox();
    for (let count = 0; count < 101; count++) {
      await storage(sandbox, '/events', { method: 'POST', body: { component: 'ex-db', message: `No ${count}` } });
    }
    sandbox.clock.advance(1_000);
    const messages = async (query: string) => (await events(sandbox, query)).map(({ message }) => message);
    expect(await messages('')).toHaveLength(100);
    expect(await messages('limit=2&offset=1')).toEqual(['No 99', 'No 98']);
    expect(await messages('limit=1&sortOrder=asc')).toEqual(['No 0']);
    const [, at] = await events(sandbox, 'limit=3');
    for (const id of [at?.id, at?.uuid]) {
      expect(await messages(`sinceId=${id}`)).toEqual(['No 100']);
      expect(await messages(`maxId=${id}&limit=1`)).toEqual(['No 98']);
      expect((await storage(sandbox, `/events/${id}`)).json).toMatchObject({ message: 'No 99' });
    }
    expect(await messages('q=message:"no 57"')).toEqual(['No 57']);
    expect((await ask(sandbox, '/v2/storage/events', { token: '2222-1-other' })).json).toEqual([]);
  });

  it.each(['limit=10001', 'limit=all', 'q=message:('])('refuses %s', async (query) => {
    const sandbox = await pausedSandbox();
    const { status, json } = await storage(sandbox, `/events?${query}`);
    expect([status, json['code']]).toEqual([400, 'storage.validation']);
  });

  it('knows of an event only when the index does', async () => {
    const sandbox = await pausedSandbox({ searchLagSeconds: 5 });
    await storage(sandbox, '/events', { method: 'POST', body: { component: 'ex-db', message: 'Hello' } });
    sandbox.clock.advance(4_999);
    expect(await told(sandbox)).toEqual([]);
    sandbox.clock.advance(1);
    expect(await told(sandbox)).toEqual(['info: Hello']);
  });
});

describe('an event of a client', () => {
  it('is written with what it says, and the run id of its call', async () => {
    const sandbox = await pausedSandbox();
    const body = {
      component: 'ex-db',
      message: 'Hello',
      type: 'warn',
      params: { a: 1 },
      results: { b: 2 },
      duration: 4,
    };
    const made = await storage(sandbox, '/events', { method: 'POST', body, headers: { 'x-kbc-runid': '1.2' } });
    expect(made.status).toBe(201);
    const { json } = await storage(sandbox, `/events/${String(made.json['id'])}`);
    expect(json).toMatchObject({
      uuid: made.json['uuid'],
      type: 'warn',
      runId: '1.2',
      params: { a: 1 },
      results: { b: 2 },
      performance: { duration: 4 },
      uri: `${sandbox.url}/v2/storage/events/${String(made.json['id'])}`,
    });
  });

  it.each([
    ['without a component', { message: 'Hello' }, 'storage.validation'],
    ['without a message', { component: 'ex-db' }, 'storage.validation'],
    ['of a strange type', { component: 'ex-db', message: 'Hello', type: 'loud' }, 'storage.validation'],
    ['too large', { component: 'ex-db', message: 'x'.repeat(200_000) }, 'requestTooLarge'],
  ])('is refused when it is %s', async (_what, body, code) => {
    const sandbox = await pausedSandbox();
    const refused = await storage(sandbox, '/events', { method: 'POST', body });
    expect([refused.status, refused.json['code']]).toEqual([400, code]);
    expect((await storage(sandbox, '/events/1')).status).toBe(404);
  });
});

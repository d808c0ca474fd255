import { describe, expect, it } from 'vitest';
import { ask, kill, list, pausedSandbox, post, read, run } from '../support.js';

const PATH = '/docker/keboola.ex-http/run';
const BODY = { config: 'success' };
const BELOW = { headers: { 'x-kbc-runid': '900000000000001' } };

describe('a creation', () => {
  it('may be written only after its connection broke, 40 seconds if nothing else is said', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'create', lateWrite: true });
    await expect(post(sandbox, PATH, BODY, BELOW)).rejects.toThrow();
    const other = await post(sandbox, '/ex-db/run', {});
    sandbox.clock.advance(39_999);
    expect((await ask(sandbox, '/queue/job/186985832')).status).toBe(404);
    expect(sandbox.counters).toMatchObject({ posts: 2, jobs: 1 });
    sandbox.clock.advance(1);
    // It has the id and the time of the call, so it sorts before what came meanwhile.
    expect(await read(sandbox, 186985832)).toMatchObject({
      status: 'waiting',
      createdTime: '2016-05-15T18:14:47+02:00',
    });
    expect(sandbox.requests[0]).toMatchObject({ jobId: '186985832' });
    sandbox.clock.advance(1_000);
    expect((await list(sandbox)).map(({ id }) => id)).toEqual([other.json.id, 186985832]);
    expect(sandbox.counters.byRunIdPrefix('900000000000001')).toMatchObject({ posts: 1, jobs: 1 });
    sandbox.clock.advance(4_000);
    expect((await read(sandbox, 186985832)).status).toBe('success');
  });

  it('may be written late behind a gateway that gave up, after as long as one says', async () => {
    const sandbox = await pausedSandbox();
    const html = '<h1>504 Gateway Time-out</h1>';
    sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 300 }, status: 504, html });
    const { status, text } = await post(sandbox, PATH, BODY);
    expect([status, text]).toEqual([504, html]);
    sandbox.clock.advance(299_000);
    expect(await sandbox.jobs()).toEqual([]);
    sandbox.clock.advance(1_000);
    expect(await sandbox.jobs()).toHaveLength(1);
  });

  it('may leave a ghost: written, answered with 500, and never run', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'create', neverQueued: true });
    const { status, json } = await post(sandbox, PATH, BODY);
    expect([status, json.error]).toEqual([500, 'Application error']);
    sandbox.clock.advance(3_600_000);
    expect((await list(sandbox)).map((job) => job.status)).toEqual(['waiting']);
    expect(sandbox.counters).toMatchObject({ posts: 1, jobs: 1, runs: 0 });
    // It holds no lock, so the same configuration runs.
    const id = await run(sandbox, 'success');
    sandbox.clock.advance(10_000);
    expect((await read(sandbox, id)).status).toBe('success');
    await kill(sandbox, 186985832);
    expect((await read(sandbox, 186985832)).status).toBe('cancelled');
  });

  it('may leave a ghost behind a broken connection, too', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'create', neverQueued: true, reset: 'after' });
    await expect(post(sandbox, PATH, BODY)).rejects.toThrow();
    expect(await sandbox.jobs()).toMatchObject([{ status: 'waiting' }]);
  });

  it('may get a 400 that is only temporary, after all real checks', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'create', ticketsFail: true, times: 3 });
    const refused = await post(sandbox, '/docker/no.such/run', BODY);
    expect(refused.json.message).toMatch(/not found/);
    const hidden = await post(sandbox, PATH, BODY);
    expect([hidden.status, hidden.json.error]).toEqual([400, 'User error']);
    expect(hidden.json.message).toMatch(/try again/);
    expect((await post(sandbox, '/ex-db/run', {})).status).toBe(500);
    expect((await post(sandbox, PATH, BODY)).status).toBe(202);
    expect(sandbox.counters).toMatchObject({ posts: 4, jobs: 1 });
  });

  it('is refused as ever although a fault was to make it late or a ghost', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'create', neverQueued: true });
    expect((await post(sandbox, PATH, {})).status).toBe(400);
    expect(await sandbox.jobs()).toEqual([]);
  });
});

describe('a fault', () => {
  it('can mean only calls under a run id, or only those whose body has a text', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'create', runIdPrefix: '900000000000001', times: 'always', status: 502 });
    sandbox.faults.add({ route: 'create', bodyContains: '"warning"', times: 'always', status: 504 });
    const statusOf = async (config: string, runId: string) =>
      (await post(sandbox, PATH, { config }, { headers: { 'x-kbc-runid': runId } })).status;
    expect(await statusOf('success', '900000000000001')).toBe(502);
    expect(await statusOf('success', '900000000000001.7')).toBe(502);
    expect(await statusOf('success', '9000000000000011')).toBe(202);
    expect(await statusOf('warning', '1')).toBe(504);
  });

  it('of maintenance answers in the words of the app, and only Storage says when to come back', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: '*', maintenance: true, times: 2 });
    const syrup = await post(sandbox, PATH, BODY);
    expect([syrup.status, syrup.json.error]).toEqual([503, 'Project is disabled']);
    expect(syrup.headers['retry-after']).toBeUndefined();
    const storage = await ask(sandbox, '/v2/storage/tokens/verify');
    expect([storage.status, storage.headers['retry-after']]).toEqual([503, '60']);
    expect(sandbox.counters.jobs).toBe(0);
  });

  it('can stop the index, which catches up when it goes on', async () => {
    const sandbox = await pausedSandbox({ searchStalled: true });
    const id = await run(sandbox, 'success');
    sandbox.clock.advance(3_600_000);
    expect(await list(sandbox)).toEqual([]);
    expect((await read(sandbox, id)).status).toBe('success');
    await sandbox.settings({ searchStalled: false });
    expect((await list(sandbox)).map(({ status }) => status)).toEqual(['success']);
  });

  it('that contradicts itself is refused with the reason', async () => {
    const sandbox = await pausedSandbox();
    const refusal = (fault: unknown) => () => sandbox.faults.add(fault as never);
    expect(refusal({ route: 'read', lateWrite: true })).toThrow(/lateWrite is for the routes create, /);
    expect(refusal({ route: '*', ticketsFail: true })).toThrow(/ticketsFail is for the route create only/);
    expect(refusal({ route: 'create', lateWrite: true, neverQueued: true })).toThrow(/lateWrite and neverQueued/);
    expect(refusal({ route: 'create', neverQueued: true, emptyList: true })).toThrow(
      /can only be combined with one of status, reset/,
    );
    expect(refusal({ route: 'create', lateWrite: { afterSeconds: -1 } })).toThrow(/lateWrite/);
    expect(refusal({ route: 'create', lateWrite: true, reset: 'before' })).toThrow(/reset can only be "after"/);
  });
});

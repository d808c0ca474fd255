import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { ask, kill, list, pausedSandbox, post, read, run } from '../support.js';

describe('a fault', () => {
  it('meets the n-th call of its route, counted from when it was added, for so many times', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'slow');
    await read(sandbox, id);
    const fault = sandbox.faults.add({ route: 'read', call: 2, times: 2, status: 500 });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count++) statuses.push((await ask(sandbox, `/queue/job/${id}`)).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(fault).toMatchObject({ calls: 4, hits: 2 });
    expect(sandbox.requests.map(({ status }) => status)).toEqual([202, 200, 200, 500, 500, 200]);
    expect(sandbox.requests[3]?.faultId).toBe(fault.id);
    expect(sandbox.counters.readsByJob).toEqual({ [id]: 5 });
  });

  it('can go on until it is removed, and mean one job or all routes', async () => {
    const sandbox = await pausedSandbox();
    const [one, other] = [await run(sandbox, 'slow'), await run(sandbox, 'slow', 'keboola.ex-db-mysql')];
    const { id } = sandbox.faults.add({
      route: '*',
      jobId: one,
      times: 'always',
      status: 502,
      html: '<h1>Bad gateway</h1>',
    });
    for (let count = 0; count < 3; count++) {
      const { status, headers, text } = await ask(sandbox, `/queue/job/${one}`);
      expect([status, headers['content-type'], text]).toEqual([502, 'text/html', '<h1>Bad gateway</h1>']);
    }
    expect((await ask(sandbox, `/queue/job/${other}`)).status).toBe(200);
    sandbox.faults.remove(id);
    expect((await ask(sandbox, `/queue/job/${one}`)).status).toBe(200);
  });

  it('of a status comes instead of the effect, or after it', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'create', status: 503, json: { a: 1 }, headers: { 'retry-after': '7' } });
    sandbox.faults.add({ route: 'create', call: 2, status: 500, when: 'after' });
    const before = await post(sandbox, '/ex-db/run', {});
    expect([before.status, before.json, before.headers['retry-after']]).toEqual([503, { a: 1 }, '7']);
    expect(sandbox.counters.jobs).toBe(0);
    const after = await post(sandbox, '/ex-db/run', {});
    expect([after.status, after.json.error]).toEqual([500, 'Application error']);
    expect(sandbox.counters).toMatchObject({ posts: 2, jobs: 1 });
    expect(sandbox.requests[1]?.jobId).toBe('186985832');
  });

  it('can break the connection before or after the effect', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'create', reset: 'before' });
    sandbox.faults.add({ route: 'create', call: 2, reset: 'after' });
    await expect(post(sandbox, '/ex-db/run', {})).rejects.toThrow();
    expect(sandbox.counters.jobs).toBe(0);
    await expect(post(sandbox, '/ex-db/run', {})).rejects.toThrow();
    expect(sandbox.counters.jobs).toBe(1);
    expect(sandbox.requests.map(({ status }) => status)).toEqual([undefined, undefined]);
  });

  it('can never answer, and does not keep the sandbox from closing', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'kill', hang: true, when: 'after' });
    const id = await run(sandbox, 'slow');
    const pending = kill(sandbox, id).then(
      () => 'answered',
      () => 'broken',
    );
    expect(await Promise.race([pending, sleep(100, 'silent')])).toBe('silent');
    expect((await read(sandbox, id)).status).toBe('cancelled');
    await sandbox.close();
    expect(await pending).toBe('broken');
  });

  it('can delay in sandbox time, and the effect comes with the answer', async () => {
    const sandbox = await pausedSandbox();
    const delay = sandbox.faults.add({ route: 'create', delaySeconds: 30 });
    const pending = post(sandbox, '/ex-db/run', {});
    // What moved the clock before the call had come would not shorten its delay.
    await eventually(() => expect(delay.hits).toBe(1));
    expect(await Promise.race([pending, sleep(60, 'waiting')])).toBe('waiting');
    expect(sandbox.counters.jobs).toBe(0);
    sandbox.clock.advance(30_000);
    expect((await pending).json.createdTime).toBe('2016-05-15T18:15:17+02:00');
  });

  it('may delay dozens of calls at the same time without a warning of Node', async () => {
    const warnings: string[] = [];
    const hear = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', hear);
    onTestFinished(() => void process.off('warning', hear));
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'slow');
    sandbox.faults.add({ route: 'read', delayMs: 200, times: 'always' });
    await Promise.all(Array.from({ length: 30 }, () => ask(sandbox, `/queue/job/${id}`)));
    expect(warnings).toEqual([]);
  });

  it('can delay the answer only, in real time', async () => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'create', delayMs: 50, when: 'after' });
    const startMs = performance.now();
    const { status, json } = await post(sandbox, '/ex-db/run', {});
    expect(performance.now() - startMs).toBeGreaterThan(45);
    expect([status, json.status]).toEqual([202, 'waiting']);
  });

  it('can answer a huge body that is JSON, an empty list, or another body', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'slow');
    sandbox.clock.advance(5_000);
    sandbox.faults.add({ route: 'read', bodyBytes: 3_000_000 });
    sandbox.faults.add({ route: 'list', emptyList: true });
    sandbox.faults.add({ route: 'create', replaceBody: { hello: 'there' } });
    const huge = await ask(sandbox, `/queue/job/${id}`);
    expect([huge.status, huge.text.length, typeof huge.json.filler]).toEqual([200, 3_000_000, 'string']);
    expect(await list(sandbox)).toEqual([]);
    expect(await list(sandbox)).toHaveLength(1);
    const replaced = await post(sandbox, '/ex-db/run', {});
    expect([replaced.status, replaced.json]).toEqual([202, { hello: 'there' }]);
    expect(sandbox.counters.jobs).toBe(2);
  });

  it('that does nothing, two things or something unknown is refused with the reason', async () => {
    const sandbox = await pausedSandbox();
    const refusal = (fault: unknown) => () => sandbox.faults.add(fault as never);
    expect(refusal({ route: 'read' })).toThrow(/does nothing/);
    expect(refusal({ route: 'read', status: 500, hang: true })).toThrow(/has status and hang/);
    expect(refusal({ route: 'reed', status: 500 })).toThrow(/route: /);
    expect(refusal({ route: 'read', html: 'x', delayMs: 1 })).toThrow(/html needs a status/);
    expect(refusal({ route: 'read', status: 500, cal: 1 })).toThrow(/"cal"/);
    expect(refusal({ route: 'read', status: 500, call: 0 })).toThrow(/call: /);
  });

  it.each([
    ['half of a body, and nothing more before the rest is due', 600_000, 0.5],
    ['the rest of it later', 20, 1],
  ])('may send %s', async (_, slowBodyMs, share) => {
    const sandbox = await pausedSandbox();
    sandbox.faults.add({ route: 'verify', slowBodyMs });
    const { statusCode, headers, body } = await request(`${sandbox.url}/v2/storage/tokens/verify`, {
      headers: { 'x-storageapi-token': sandbox.token },
    });
    expect(statusCode).toBe(200);
    const wanted = Math.floor(share * Number(headers['content-length']));
    let bytes = 0;
    for await (const piece of body) if ((bytes += (piece as Buffer).byteLength) >= wanted) break;
    expect(bytes).toBe(wanted);
  });
});

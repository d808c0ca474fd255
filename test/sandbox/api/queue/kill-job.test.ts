import { describe, expect, it } from 'vitest';
import { matching } from '../../support.js';
import { call, create, createScript, HTTP, queueSandbox, read } from './support.js';

const SLOW = { component: HTTP, config: 'slow' };

describe('a kill', () => {
  it('only notes what is wanted, and the daemon cancels what has not begun', async () => {
    const sandbox = await queueSandbox({ pickUpDelaySeconds: 5 });
    const { id } = await create(sandbox, SLOW);
    const { status, json } = await call(sandbox, `POST /jobs/${id}/kill`);
    expect([status, json.status, json['desiredStatus']]).toEqual([202, 'created', 'terminating']);
    sandbox.clock.advance(1_000);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'cancelled',
      isFinished: true,
      startTime: null,
      result: [],
    });
    sandbox.clock.advance(10_000);
    expect((await read(sandbox, id)).status).toBe('cancelled');
  });

  it('terminates what runs, in two steps', async () => {
    const sandbox = await queueSandbox();
    const { id } = await create(sandbox, SLOW);
    sandbox.clock.advance(10_000);
    await call(sandbox, `POST /jobs/${id}/kill`);
    expect((await read(sandbox, id)).status).toBe('processing');
    sandbox.clock.advance(1_000);
    expect((await read(sandbox, id)).status).toBe('terminating');
    sandbox.clock.advance(2_000);
    expect(await read(sandbox, id)).toMatchObject({ status: 'terminated', isFinished: true });
  });

  it('may come too late for a job that ends before the daemon comes by', async () => {
    const sandbox = await queueSandbox();
    const { id } = await create(sandbox, { component: HTTP, config: 'success' });
    sandbox.clock.advance(2_500);
    await call(sandbox, `POST /jobs/${id}/kill`);
    sandbox.clock.advance(5_000);
    expect(await read(sandbox, id)).toMatchObject({ status: 'success', desiredStatus: 'terminating' });
  });

  it.each([200, 201, 202] as const)('can be answered with %s', async (queueKillStatus) => {
    const sandbox = await queueSandbox({ queueKillStatus });
    const { id } = await create(sandbox, SLOW);
    expect((await call(sandbox, `POST /jobs/${id}/kill`)).status).toBe(queueKillStatus);
  });

  it.each([
    ['refused', 400, 400, /killable states/],
    ['fails', 500, 404, /Internal Server Error/],
    ['accepted', 202, undefined, undefined],
  ] as const)('of a finished job is %s', async (queueKillFinished, status, code, error) => {
    const sandbox = await queueSandbox({ queueKillFinished });
    const { id } = await create(sandbox, { component: HTTP, config: 'success' });
    sandbox.clock.advance(5_000);
    const answer = await call(sandbox, `POST /jobs/${id}/kill`);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    if (error !== undefined) expect(answer.json.error).toEqual(matching(error));
    expect((await read(sandbox, id)).status).toBe('success');
  });

  it.each([
    ['accepted', 202],
    ['refused', 400],
  ] as const)('of a terminating job is %s', async (queueKillTerminating, status) => {
    const sandbox = await queueSandbox({ queueKillTerminating });
    const { id } = await createScript(sandbox, { durationSeconds: 60, whenKilled: 'hang' });
    sandbox.clock.advance(1_000);
    await call(sandbox, `POST /jobs/${id}/kill`);
    sandbox.clock.advance(5_000);
    expect((await call(sandbox, `POST /jobs/${id}/kill`)).status).toBe(status);
    expect((await read(sandbox, id)).status).toBe('terminating');
  });

  it('of an unknown job, or one of another project, is 500 whose body says 404, or 404', async () => {
    const sandbox = await queueSandbox();
    const { id } = await create(sandbox, SLOW);
    const foreign = await call(sandbox, `POST /jobs/${id}/kill`, { token: '4444-1-queuev2' });
    expect([foreign.status, foreign.json.code]).toEqual([500, 404]);
    await sandbox.settings({ queueKillUnknown: 'notFound' });
    const { status, json } = await call(sandbox, 'POST /jobs/1/kill');
    expect([status, json.error, json.context]).toEqual([404, 'Job "1" not found', []]);
  });

  it('takes all jobs below along, or stops where a level of the run id is no job', async () => {
    for (const [queueKillBelow, grandchild] of [
      ['prefix', 'cancelled'],
      ['children', 'processing'],
    ] as const) {
      const sandbox = await queueSandbox({ queueKillBelow });
      const parent = await createScript(sandbox, { durationSeconds: 600 });
      const child = await createScript(sandbox, { durationSeconds: 600 }, { 'x-kbc-runid': parent.runId });
      const fenced = await createScript(
        sandbox,
        { durationSeconds: 600, createdForSeconds: 30 },
        { 'x-kbc-runid': `${parent.runId}.7` },
      );
      sandbox.clock.advance(1_000);
      await call(sandbox, `POST /jobs/${parent.id}/kill`);
      sandbox.clock.advance(60_000);
      expect((await read(sandbox, child.id)).status).toBe('terminated');
      expect((await read(sandbox, fenced.id)).status).toBe(grandchild);
    }
  });
});

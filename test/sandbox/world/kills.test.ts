import { describe, expect, it } from 'vitest';
import type { JobDocument } from '../../../src/sandbox/index.js';
import { kill, matching, pausedSandbox, read, runScript } from '../support.js';

const NOBODY = { id: null, description: null };
const SLOW = { durationSeconds: 600 };

describe('a kill', () => {
  it('is accepted before the start and while running, and refused after the end', async () => {
    const sandbox = await pausedSandbox();
    const [before, during, after] = [
      await runScript(sandbox, SLOW),
      await runScript(sandbox, SLOW),
      await runScript(sandbox, { durationSeconds: 1 }),
    ];
    expect((await kill(sandbox, before)).status).toBe(202);
    sandbox.clock.advance(2_000);
    expect((await kill(sandbox, during)).status).toBe(202);
    expect((await kill(sandbox, after)).status).toBe(400);
    sandbox.clock.advance(10_000);
    expect((await sandbox.jobs()).map(({ status }) => status)).toEqual(['cancelled', 'terminated', 'success']);
    expect(sandbox.counters.runsByJob[before]).toBeUndefined();
  });

  it('may meet a job that finishes first and writes over terminating and over who killed it', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { ...SLOW, whenKilled: 'finishFirst', message: 'Done.' });
    sandbox.clock.advance(10_200);
    await kill(sandbox, id);
    expect(await read(sandbox, id)).toMatchObject({ status: 'terminating', terminatedBy: { id: '53044' } });
    sandbox.clock.advance(2_000);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'success',
      terminatedBy: NOBODY,
      durationSeconds: 12,
      waitSeconds: 0,
      result: { message: 'Done.' },
    });
    sandbox.clock.advance(3_600_000);
    expect((await read(sandbox, id)).status).toBe('success');
  });

  it('may flip a final status that the job had reached before the cleanup', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { ...SLOW, whenKilled: 'finishFirst', flipAfterSeconds: 4 });
    sandbox.clock.advance(10_200);
    await kill(sandbox, id);
    sandbox.clock.advance(5_999);
    expect(await read(sandbox, id)).toMatchObject({ status: 'success', isFinished: true });
    sandbox.clock.advance(1);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'terminated',
      isFinished: true,
      durationSeconds: 16,
      result: { message: 'Job has been terminated' },
    });
  });

  it('may come to nothing: a job can hang as terminating for ever, or not notice', async () => {
    const sandbox = await pausedSandbox();
    const hanging = await runScript(sandbox, { durationSeconds: 60, whenKilled: 'hang' });
    const deaf = await runScript(sandbox, { durationSeconds: 60, whenKilled: 'ignore' });
    sandbox.clock.advance(1_000);
    for (const id of [hanging, deaf]) expect((await kill(sandbox, id)).status).toBe(202);
    expect((await sandbox.jobs()).map(({ status }) => status)).toEqual(['terminating', 'processing']);
    sandbox.clock.advance(86_400_000);
    expect((await sandbox.jobs()).map(({ status }) => status)).toEqual(['terminating', 'success']);
  });

  it('goes as the setting says where the script does not', async () => {
    const sandbox = await pausedSandbox({ whenKilled: 'finishFirst', killLatencySeconds: 7 });
    const [first, second] = [
      await runScript(sandbox, SLOW),
      await runScript(sandbox, { ...SLOW, whenKilled: 'terminate', killLatencySeconds: 1 }),
    ];
    sandbox.clock.advance(1_000);
    for (const id of [first, second]) await kill(sandbox, id);
    sandbox.clock.advance(1_000);
    expect((await sandbox.jobs()).map(({ status }) => status)).toEqual(['terminating', 'terminated']);
    sandbox.clock.advance(6_000);
    expect((await read(sandbox, first)).status).toBe('success');
  });

  it('takes the jobs below along only while propagation is on', async () => {
    const sandbox = await pausedSandbox({ killPropagation: false });
    const child = { component: 'keboola.ex-http', durationSeconds: 600 };
    const id = await runScript(sandbox, { children: [child, { ...child, children: [child] }] });
    sandbox.clock.advance(5_000);
    await kill(sandbox, id);
    sandbox.clock.advance(5_000);
    const statuses = async () => (await sandbox.jobs()).map(({ status }: JobDocument) => status);
    expect(await statuses()).toEqual(['terminated', 'processing', 'processing', 'processing']);
    await sandbox.settings({ killPropagation: true });
    await kill(sandbox, Number(id) + 4);
    sandbox.clock.advance(5_000);
    expect(await statuses()).toEqual(['terminated', 'processing', 'terminated', 'terminated']);
  });

  it('of a job whose machine was lost ends it, and it is not run again', async () => {
    const sandbox = await pausedSandbox({ pickUpDelaySeconds: 10 });
    const id = await runScript(sandbox, { ...SLOW, rerunAfterSeconds: 5 });
    sandbox.clock.advance(16_000);
    await kill(sandbox, id);
    sandbox.clock.advance(60_000);
    expect(await read(sandbox, id)).toMatchObject({ status: 'terminated', waitSeconds: 10 });
    expect(sandbox.counters.runsByJob[id]).toBe(1);
  });
});

describe('a ghost', () => {
  it('is found and waits for ever, until a kill cancels it', async () => {
    const sandbox = await pausedSandbox();
    const id = await runScript(sandbox, { neverQueued: true });
    sandbox.clock.advance(30 * 86_400_000);
    expect(await read(sandbox, id)).toMatchObject({ status: 'waiting', startTime: null });
    expect((await kill(sandbox, id)).json.message).toEqual(matching(/accepted/));
    expect((await read(sandbox, id)).status).toBe('cancelled');
  });

  it('can be out of reach of kills', async () => {
    const sandbox = await pausedSandbox({ ghostKill: 'stays' });
    const [ghost, job] = [await runScript(sandbox, { neverQueued: true }), await runScript(sandbox, {})];
    for (const id of [ghost, job]) expect((await kill(sandbox, id)).status).toBe(202);
    sandbox.clock.advance(3_600_000);
    expect((await sandbox.jobs()).map(({ status }) => status)).toEqual(['waiting', 'cancelled']);
  });
});

it('a status may flip although nobody killed the job', async () => {
  const sandbox = await pausedSandbox();
  const id = await runScript(sandbox, { durationSeconds: 1, flipAfterSeconds: 10 });
  sandbox.clock.advance(2_000);
  expect((await read(sandbox, id)).status).toBe('success');
  sandbox.clock.advance(10_000);
  expect(await read(sandbox, id)).toMatchObject({ status: 'terminated', terminatedBy: NOBODY });
});

import { describe, expect, it } from 'vitest';
import type { ControlledClock, FixtureInput, Sandbox } from '../../../../src/sandbox/index.js';
import { ask, kill, pausedSandbox, post, read, runScript } from '../../support.js';

const NAME = 'components.jobsParallelism';
const LONG = { durationSeconds: 600 };

function limited(limit: number): FixtureInput {
  const tokens = [{ token: 't', id: '1', description: 'd' }];
  const component = (id: string) => ({ id, kind: 'native' as const, name: id, params: ['config'], script: LONG });
  return {
    components: [
      component('orchestrator'),
      component('ex-db'),
      { id: 'keboola.ex-http', kind: 'docker', name: 'HTTP' },
    ],
    projects: [{ id: 1, name: 'P', tokens, limits: { [NAME]: limit } }],
  };
}

async function statuses(sandbox: Sandbox<ControlledClock>): Promise<string[]> {
  sandbox.clock.advance(300);
  return (await sandbox.jobs()).map(({ status }) => status);
}

async function limitsOf(sandbox: Sandbox): Promise<unknown> {
  const { json } = await ask(sandbox, '/v2/storage/tokens/verify');
  return (json as unknown as { owner: { limits: unknown } }).owner.limits;
}

describe("a project's parallel limit", () => {
  it('is off unless the fixture or a setting names one, and shown to who verifies a token', async () => {
    const sandbox = await pausedSandbox();
    expect(await limitsOf(sandbox)).toEqual({});
    await sandbox.settings({ parallelLimit: 4 });
    expect(await limitsOf(sandbox)).toEqual({ [NAME]: { name: NAME, value: 4 } });

    const other = await pausedSandbox({ fixture: limited(2) });
    expect(await limitsOf(other)).toEqual({ [NAME]: { name: NAME, value: 2 } });
    await other.settings({ parallelLimit: 'off' });
    expect(await limitsOf(other)).toEqual({});
  });

  it('keeps a job waiting, unchanged, until it is tried again and there is room', async () => {
    const sandbox = await pausedSandbox({ fixture: limited(2) });
    for (const durationSeconds of [30, 600, 600]) await runScript(sandbox, { durationSeconds });
    const waiting = (await sandbox.jobs())[2];
    expect(await statuses(sandbox)).toEqual(['processing', 'processing', 'waiting']);
    sandbox.clock.advance(50_000);
    expect(await statuses(sandbox)).toEqual(['success', 'processing', 'waiting']);
    expect((await sandbox.jobs())[2]).toEqual(waiting);
    sandbox.clock.advance(10_000);
    expect(await statuses(sandbox)).toEqual(['success', 'processing', 'processing']);
    expect(sandbox.counters.runningMaxByProject).toEqual({ 1: 2 });
  });

  it('counts jobs that are terminating', async () => {
    const sandbox = await pausedSandbox({ fixture: limited(1), lockRetryDelaySeconds: 1 });
    const first = await runScript(sandbox, { ...LONG, killLatencySeconds: 30 });
    expect(await statuses(sandbox)).toEqual(['processing']);
    await kill(sandbox, first);
    await runScript(sandbox, LONG);
    sandbox.clock.advance(29_000);
    expect(await statuses(sandbox)).toEqual(['terminating', 'waiting']);
    sandbox.clock.advance(2_000);
    expect(await statuses(sandbox)).toEqual(['terminated', 'processing']);
  });

  it('lets a nested job pass when none of its siblings runs, and holds it when one does', async () => {
    const sandbox = await pausedSandbox({ fixture: limited(1) });
    await runScript(sandbox, LONG);
    const under = async (runId: string) => runScript(sandbox, LONG, { 'x-kbc-runid': runId });
    expect(await statuses(sandbox)).toEqual(['processing']);
    await under('900');
    expect((await statuses(sandbox)).at(-1)).toBe('processing');
    await under('900');
    expect((await statuses(sandbox)).at(-1)).toBe('waiting');
    // A level further down there is no sibling, and neither is there under another parent.
    await under('900.1');
    await under('901');
    expect((await statuses(sandbox)).slice(-2)).toEqual(['processing', 'processing']);
    expect(sandbox.counters.runningMaxByProject).toEqual({ 1: 4 });
  });

  it('neither counts nor stops orchestrations', async () => {
    const sandbox = await pausedSandbox({ fixture: limited(1) });
    for (const app of ['orchestrator', 'ex-db', 'orchestrator', 'ex-db']) {
      await post(sandbox, `/${app}/run`, { config: String(sandbox.counters.posts) });
    }
    expect(await statuses(sandbox)).toEqual(['processing', 'processing', 'processing', 'waiting']);
    expect(sandbox.counters.runningMaxByProject).toEqual({ 1: 1 });
  });

  it('does not make a job wait for itself when it is run again', async () => {
    const sandbox = await pausedSandbox({ fixture: limited(1) });
    const id = await runScript(sandbox, { durationSeconds: 10, rerunAfterSeconds: 5 });
    sandbox.clock.advance(20_000);
    expect(await read(sandbox, id)).toMatchObject({ status: 'success' });
  });
});

import { describe, expect, it } from 'vitest';
import { ask, kill, pausedSandbox, post, read, run, runScript } from '../support.js';

const FENCE = '912345678901234';

describe('counters', () => {
  it('count what was asked and what was executed, per job and in all', async () => {
    const sandbox = await pausedSandbox();
    const [job, again] = [await run(sandbox, 'success'), await runScript(sandbox, { rerunAfterSeconds: 1 })];
    await post(sandbox, '/docker/no.such/run', {});
    for (let count = 0; count < 3; count++) await read(sandbox, job);
    await kill(sandbox, again);
    sandbox.clock.advance(60_000);
    expect(sandbox.counters).toMatchObject({
      posts: 3,
      jobs: 2,
      jobsInWorld: 2,
      runs: 1,
      readsByJob: { [job]: 3 },
      killsByJob: { [again]: 1 },
      runsByJob: { [job]: 1 },
      requests: { create: 3, read: 3, kill: 1, list: 0 },
    });
  });

  it('know how many jobs of a project ran at the same time at most', async () => {
    const sandbox = await pausedSandbox();
    for (const durationSeconds of [10, 10, 30]) await runScript(sandbox, { durationSeconds });
    await post(sandbox, '/ex-db/run', {}, { token: '2222-1-other' });
    sandbox.clock.advance(20_000);
    await runScript(sandbox, {});
    sandbox.clock.advance(60_000);
    expect(sandbox.counters.runningMaxByProject).toEqual({ 1134: 3, 2222: 1 });
  });

  it('tell what was sent under a run id and what came of it', async () => {
    const sandbox = await pausedSandbox();
    const children = [{ component: 'ex-db', durationSeconds: 5 }];
    const under = (runId: string) => ({ 'x-kbc-runid': runId });
    const parent = await runScript(sandbox, { children }, under(`77.${FENCE}`));
    await post(sandbox, '/docker/no.such/run', {}, { headers: under(`77.${FENCE}`) });
    await runScript(sandbox, {}, under(`77.${FENCE}0`));
    sandbox.clock.advance(3_000);
    await kill(sandbox, parent);
    sandbox.clock.advance(10_000);

    const counted = { posts: 2, jobs: 2, directJobs: 1, runs: 2, kills: 1, storageJobs: 0 };
    expect(sandbox.counters.byRunIdPrefix(`77.${FENCE}`)).toEqual(counted);
    expect(sandbox.counters.byRunIdPrefix('77')).toMatchObject({ posts: 3, jobs: 3, directJobs: 0, runs: 3 });
    expect(sandbox.counters.byRunIdPrefix('7')).toMatchObject({ posts: 0, jobs: 0 });
    const { json } = await ask(sandbox, `/_sandbox/counters?runIdPrefix=77.${FENCE}`);
    expect(json).toEqual(counted);
  });

  it('are complete at any time, without a request that lets time pass', async () => {
    const sandbox = await pausedSandbox();
    await run(sandbox, 'success');
    expect(sandbox.counters.runs).toBe(0);
    sandbox.clock.advance(1_000);
    expect(sandbox.counters.runs).toBe(1);
    sandbox.reset();
    expect(sandbox.counters).toEqual(
      expect.objectContaining({ posts: 0, runs: 0, runsByJob: {}, runningMaxByProject: {} }),
    );
  });
});

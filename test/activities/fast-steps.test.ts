import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, activityInfo, cancellationSignal } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { FastSteps } from '../../src/activities/fast-steps.js';

const MINUTE_MS = 60_000;

function fastSteps(): { steps: FastSteps; pass: (ms: number) => void } {
  let nowMs = 0;
  const find = (name: string): boolean => name === 'default' || name === 'other';
  return { steps: new FastSteps({ find }, () => nowMs), pass: (ms) => void (nowMs += ms) };
}

/** @returns the kind of activity in which it was done, or why it was not. */
async function run(
  steps: FastSteps,
  {
    isLocal = true,
    connection = 'default',
    hangs = false,
  }: { isLocal?: boolean; connection?: unknown; hangs?: boolean } = {},
): Promise<unknown> {
  const environment = new MockActivityEnvironment({ isLocal });
  const work = async (): Promise<string> => {
    if (hangs) await sleep(MINUTE_MS, undefined, { signal: cancellationSignal() });
    return activityInfo().isLocal ? 'local' : 'normal';
  };
  const answer = environment.run(() => steps.run('readJob', { connection }, work));
  // Core cancels a local activity when its time is over.
  if (hangs) environment.cancel('TIMED_OUT');
  return await answer.catch((error: unknown) =>
    error instanceof ApplicationFailure ? error.type : (error as Error).name,
  );
}

describe('a step that is fast as a rule', () => {
  it('is done as the local activity that it is', async () => {
    expect(await run(fastSteps().steps)).toBe('local');
  });

  it('is refused as a local activity for a minute after it was too slow, and then tried again', async () => {
    const { steps, pass } = fastSteps();
    expect(await run(steps, { hangs: true })).toBe('AbortError');
    pass(MINUTE_MS - 1);
    expect(await run(steps)).toBe('TooSlow');
    pass(1);
    expect(await run(steps)).toBe('local');
  });

  it('takes its time as a normal activity, also while it is slow', async () => {
    const { steps } = fastSteps();
    await run(steps, { hangs: true });
    expect(await run(steps, { isLocal: false })).toBe('normal');
  });

  it('is slow for one connection alone, the default one by whatever name', async () => {
    const { steps } = fastSteps();
    await run(steps, { hangs: true });
    expect(await run(steps, { connection: 'other' })).toBe('local');
    expect(await run(steps, { connection: null })).toBe('TooSlow');
  });

  it.each([[7], [{}], ['\ud800'], ['nobody knows it']])(
    'takes %j for no connection that it would remember',
    async (connection) => {
      const { steps } = fastSteps();
      await run(steps, { hangs: true, connection });
      expect(await run(steps)).toBe('local');
      expect(await run(steps, { connection: 'yet another' })).toBe('TooSlow');
    },
  );
});

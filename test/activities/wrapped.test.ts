import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { wrapped } from '../../src/activities/wrapped.js';
import { FAST_STEPS, type KeboolaActivities } from '../../src/job/activities.js';
import { isUrgent } from '../../src/keboola/http/urgently.js';

type Name = keyof KeboolaActivities;
type Step = (input: unknown) => Promise<unknown>;

const connections = { find: () => undefined };

/** An activity whose work is replaced, and what is around it is not. */
function around(name: Name, work: Step): Step {
  const steps: unknown = wrapped(connections, { [name]: work } as unknown as KeboolaActivities);
  return (steps as Record<Name, Step>)[name];
}

async function refusalOf(running: Promise<unknown>): Promise<unknown> {
  return await running.catch((error: unknown) =>
    error instanceof ApplicationFailure ? error.type : (error as Error).name,
  );
}

describe('what is around an activity', () => {
  it.each(FAST_STEPS.map((name) => [name]))('remembers that %s was too slow as a local activity', async (name) => {
    const step = around(name, () => sleep(60_000, undefined, { signal: cancellationSignal() }));
    const slow = new MockActivityEnvironment({ isLocal: true });
    const running = slow.run(() => step({}));
    slow.cancel('TIMED_OUT');
    expect(await refusalOf(running)).toBe('AbortError');
    expect(await refusalOf(new MockActivityEnvironment({ isLocal: true }).run(() => step({})))).toBe('TooSlow');
  });

  it.each<[Name, boolean]>([
    ['killJob', true],
    ['stopDescendants', true],
    ['searchJob', false],
    ['createJob', false],
  ])('lets %s go before others: %s', async (name, expected) => {
    const step = around(name, () => Promise.resolve(isUrgent()));
    expect(await new MockActivityEnvironment().run(() => step({}))).toBe(expected);
  });
});

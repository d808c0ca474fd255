import { describe, expect, it, test } from 'vitest';
import { outcomeOfFailedCall } from '../../../src/keboola/jobs/action-outcome.js';
import { KeboolaError, type KeboolaErrorFacts } from '../../../src/keboola/http/keboola-error.js';

function outcomeOf(facts: Partial<KeboolaErrorFacts> & Pick<KeboolaErrorFacts, 'kind'>): unknown {
  return outcomeOfFailedCall(
    new KeboolaError({ method: 'POST', path: '/docker/c/action/a', reason: 'because', ...facts }),
  );
}

describe('a call that has reached nobody', () => {
  it.each(['not-sent', 'throttled', 'maintenance'] as const)('may be made later: %s', (kind) => {
    expect(outcomeOf({ kind })).toEqual({ kind: 'not-called', message: expect.stringContaining('because') as string });
  });

  it('may be made later where a network on the way wants a login first', () => {
    expect(outcomeOf({ kind: 'unavailable', status: 511 })).toMatchObject({ kind: 'not-called' });
  });

  it('waits as long as Keboola has said', () => {
    expect(outcomeOf({ kind: 'throttled', retryAfterMs: 5_000 })).toMatchObject({ retryAfterMs: 5_000 });
  });
});

describe('a call that has failed', () => {
  it.each([
    ['a refused token', { kind: 'unauthorized' }, 'TokenRefused', false],
    ['an unknown action', { kind: 'not-found' }, 'InvalidInput', false],
    ['a method that is none', { kind: 'refused', status: 405 }, 'InvalidInput', false],
    ['a project that is not for it', { kind: 'refused', status: 403 }, 'ConnectionNotUsable', false],
    ['a word of the component to its user', { kind: 'refused', status: 400 }, 'ActionUserError', false],
    [
      'the time that Keboola gives it',
      { kind: 'refused', status: 400, reason: 'It exceeded the timeout' },
      'ActionTimedOut',
      true,
    ],
    ['a component that broke', { kind: 'unavailable', status: 500 }, 'ActionApplicationError', true],
    ['a proxy that speaks for Keboola', { kind: 'unavailable', status: 502 }, 'KeboolaUnreachable', true],
    ['a proxy that knows no such method', { kind: 'unavailable', status: 501 }, 'ConnectionNotUsable', false],
    ['a proxy that knows no such HTTP', { kind: 'unavailable', status: 505 }, 'ConnectionNotUsable', false],
    ['an exchange that broke', { kind: 'interrupted' }, 'KeboolaUnreachable', true],
    ['an answer that is none', { kind: 'protocol' }, 'ProtocolError', false],
    ['an answer with something else', { kind: 'no-job' }, 'ProtocolError', false],
  ] as const)('is told by its reason, and whether another one may fare better: %s', (_, facts, type, mayTryAgain) => {
    expect(outcomeOf(facts)).toMatchObject({ kind: 'failed', type, mayTryAgain });
  });

  it.each([
    [{ kind: 'interrupted' }, 'It is not known whether the action has run'],
    [{ kind: 'unavailable', status: 502 }, 'It is not known whether the action has run'],
    [{ kind: 'protocol' }, 'The action has run, but its answer cannot be used'],
  ] as const)('says what is known of the action: %j', (facts, words) => {
    expect(outcomeOf(facts)).toMatchObject({ message: expect.stringContaining(`because. ${words}`) as string });
  });

  it('passes on the exception id for which the support asks, and none where there is none', () => {
    expect(outcomeOf({ kind: 'refused', exceptionId: 'syrup-1' })).toMatchObject({ exceptionId: 'syrup-1' });
    expect(outcomeOf({ kind: 'refused' })).not.toHaveProperty('exceptionId');
  });
});

test('what is no failed exchange is no outcome', () => {
  const error = new TypeError('ours');
  expect(() => outcomeOfFailedCall(error)).toThrow(error);
});

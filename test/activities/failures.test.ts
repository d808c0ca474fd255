import { ApplicationFailure } from '@temporalio/activity';
import { expect, it } from 'vitest';
import { toFailure } from '../../src/activities/failures.js';
import { SettingsError } from '../../src/input/settings-error.js';
import { TokenGone } from '../../src/keboola/connection/errors.js';

function told(error: unknown): Pick<ApplicationFailure, 'type' | 'nonRetryable'> {
  const failure = toFailure(error);
  if (!(failure instanceof ApplicationFailure)) throw failure;
  return { type: failure.type, nonRetryable: failure.nonRetryable };
}

it('a token that has gone may come back, so what wanted it is tried again', () => {
  expect(told(new TokenGone('no token'))).toEqual({ type: 'KeboolaUnreachable', nonRetryable: false });
});

it('settings that cannot work are a failure for good', () => {
  expect(told(new SettingsError('no token'))).toEqual({ type: 'ConnectionNotUsable', nonRetryable: true });
});

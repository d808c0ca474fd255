import { ApplicationFailure } from '@temporalio/activity';
import { describe, expect, it } from 'vitest';
import { toFailure } from '../../src/activities/failures.js';
import { questionFailure } from '../../src/activities/questions/answer-question.js';
import { SettingsError } from '../../src/input/settings-error.js';
import { answerError } from '../../src/keboola/http/answer-error.js';
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

describe('a project that is not on Queue v2', () => {
  const text = JSON.stringify({ error: 'Project does not have feature "queuev2" enabled' });
  const error = answerError({ method: 'GET', url: new URL('https://queue.keboola.com/jobs/1') }, 403, {}, text);

  it.each([
    ['of a question', questionFailure],
    ['of any other step', toFailure],
  ])('is not taken for an address that is none of Keboola, nor for a mistake of the author: %s', (_, failureOf) => {
    expect(failureOf(error)).toMatchObject({
      type: 'ConnectionNotUsable',
      message: expect.stringMatching(/enabled\. The project is not on Queue v2: leave "api" out [^?]*$/) as string,
    });
  });
});

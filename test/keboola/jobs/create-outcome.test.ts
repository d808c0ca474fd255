import { expect, test } from 'vitest';
import { outcomeOfFailedPost } from '../../../src/keboola/jobs/create-outcome.js';
import { KeboolaError, type KeboolaErrorKind } from '../../../src/keboola/http/keboola-error.js';

function failed(kind: KeboolaErrorKind, retryAfterMs?: number): KeboolaError {
  return new KeboolaError({
    kind,
    method: 'POST',
    path: '/docker/c/run',
    reason: 'because',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

const message = 'POST /docker/c/run: because';

test('a connection that never stood sent nothing', () => {
  expect(outcomeOfFailedPost(failed('not-sent'))).toEqual({ kind: 'not-sent', message });
});

test('a broken exchange may have made a job', () => {
  expect(outcomeOfFailedPost(failed('interrupted'))).toEqual({ kind: 'unknown', message });
});

test('a token that is not allowed to is final and named as such', () => {
  expect(outcomeOfFailedPost(failed('unauthorized'))).toEqual({ kind: 'refused', type: 'TokenRefused', message });
});

test('a missing route is final', () => {
  expect(outcomeOfFailedPost(failed('not-found'))).toEqual({ kind: 'refused', type: 'CreateRefused', message });
});

test('any other refusal is final', () => {
  expect(outcomeOfFailedPost(failed('refused'))).toEqual({ kind: 'refused', type: 'CreateRefused', message });
});

test('a throttled POST is refused for now, until the time that Keboola names', () => {
  expect(outcomeOfFailedPost(failed('throttled', 5_000))).toEqual({
    kind: 'refused-for-now',
    message,
    retryAfterMs: 5_000,
  });
});

test('maintenance is refused for now', () => {
  expect(outcomeOfFailedPost(failed('maintenance'))).toEqual({ kind: 'refused-for-now', message });
});

test('a server error may have made a job: Keboola writes it before it queues it', () => {
  expect(outcomeOfFailedPost(failed('unavailable'))).toEqual({ kind: 'unknown', message });
});

test('an answer that cannot be read may have made a job', () => {
  expect(outcomeOfFailedPost(failed('protocol'))).toEqual({ kind: 'unknown', message });
});

test('an error of our own proves nothing', () => {
  expect(outcomeOfFailedPost(new TypeError('oops'))).toEqual({ kind: 'unknown', message: 'TypeError: oops' });
});

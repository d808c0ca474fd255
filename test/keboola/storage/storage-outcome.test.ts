import { expect, it } from 'vitest';
import { KeboolaError, type KeboolaErrorFacts } from '../../../src/keboola/http/keboola-error.js';
import { AnsweredWithoutJob, outcomeOfFailedCall } from '../../../src/keboola/storage/storage-outcome.js';

const failed = (facts: Partial<KeboolaErrorFacts>): KeboolaError =>
  new KeboolaError({ kind: 'refused', method: 'POST', path: '/v2/storage/x', reason: 'why', ...facts });

it('takes any refusal of Storage for meant: none of another service hides behind it', () => {
  expect(outcomeOfFailedCall(failed({ status: 400 }))).toEqual({
    kind: 'refused',
    type: 'CreateRefused',
    message: 'POST /v2/storage/x answered 400: why',
  });
});

it.each([
  [failed({ kind: 'throttled', status: 429, retryAfterMs: 7_000 }), { kind: 'refused-for-now', retryAfterMs: 7_000 }],
  [failed({ kind: 'unauthorized', status: 401 }), { kind: 'refused-for-now', tokenRefused: true }],
  [failed({ kind: 'not-sent', retryAfterMs: 1 }), { kind: 'not-sent', retryAfterMs: 1 }],
  [failed({ kind: 'interrupted' }), { kind: 'unknown' }],
])('keeps what else is known of it: %s', (error, outcome) => {
  expect(outcomeOfFailedCall(error)).toEqual({ message: error.message, ...outcome });
});

it('knows what was carried out at once for no job', () => {
  const outcome = { kind: 'refused', type: 'ProtocolError' };
  expect(outcomeOfFailedCall(new AnsweredWithoutJob('a table'))).toEqual({ ...outcome, message: 'a table' });
  expect(outcomeOfFailedCall(failed({ kind: 'protocol', status: 204 }))).toEqual({
    ...outcome,
    message: 'POST /v2/storage/x was carried out at once, without a job: it is not asynchronous',
  });
});

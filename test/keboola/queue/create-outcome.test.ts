import { expect, test } from 'vitest';
import { outcomeOfFailedCreation } from '../../../src/keboola/queue/create-outcome.js';
import { answerError } from '../../../src/keboola/http/answer-error.js';

const REQUEST = { method: 'POST', url: new URL('http://127.0.0.1/jobs'), token: 'secret' };
const OWN_WORDS = JSON.stringify({ error: 'Not now', code: 0, exceptionId: 'exception-1', status: 'error' });
const SOMEBODY_ON_THE_WAY = '<h1>Service unavailable</h1>';

test.each<[number, string, object]>([
  [500, OWN_WORDS, { kind: 'unknown', keboolaFailed: true }],
  [500, SOMEBODY_ON_THE_WAY, { kind: 'unknown', keboolaFailed: true }],
  [502, SOMEBODY_ON_THE_WAY, { kind: 'unknown' }],
  [504, SOMEBODY_ON_THE_WAY, { kind: 'unknown' }],
  [503, SOMEBODY_ON_THE_WAY, { kind: 'unknown' }],
  [503, OWN_WORDS, { kind: 'refused-for-now', retryAfterMs: 7_000 }],
  [429, OWN_WORDS, { kind: 'refused-for-now', retryAfterMs: 7_000 }],
  [400, OWN_WORDS, { kind: 'refused', type: 'CreateRefused' }],
  [404, OWN_WORDS, { kind: 'refused', type: 'CreateRefused' }],
  [422, OWN_WORDS, { kind: 'refused', type: 'CreateRefused' }],
  [403, OWN_WORDS, { kind: 'refused', type: 'TokenRefused' }],
  [401, OWN_WORDS, { kind: 'refused-for-now', tokenRefused: true }],
])(
  'a creation that is answered by %i with %s proves what its status says, whatever its code',
  (status, body, proof) => {
    const outcome = outcomeOfFailedCreation(answerError(REQUEST, status, { 'retry-after': '7' }, body));
    const { message, retryAfterMs, ...proved } = outcome as { message: string; retryAfterMs?: number };
    expect({ ...proved, ...('retryAfterMs' in proof && { retryAfterMs }) }).toEqual(proof);
    expect(message).toContain(`POST /jobs answered ${status}`);
  },
);

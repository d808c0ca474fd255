import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { answerError, retryAfter } from '../../../src/keboola/http/answer-error.js';
import type { KeboolaError } from '../../../src/keboola/http/keboola-error.js';
import type { KeboolaRequest, RawHeaders } from '../../../src/keboola/http/exchange.js';

const TOKEN = '1134-53044-secretsecretsecret';
const request: KeboolaRequest = {
  method: 'POST',
  url: new URL('https://syrup.keboola.com/docker/c/run?x=y'),
  token: TOKEN,
  timeoutMs: 1_000,
};

function errorOf(status: number, body: unknown = {}, headers: RawHeaders = {}): KeboolaError {
  return answerError(request, status, headers, typeof body === 'string' ? body : JSON.stringify(body));
}

describe('a status', () => {
  test.each([
    [301, 'protocol'],
    [304, 'protocol'],
    [400, 'refused'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not-found'],
    [405, 'refused'],
    [409, 'refused'],
    [422, 'refused'],
    [429, 'throttled'],
    [408, 'interrupted'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
    [599, 'unavailable'],
  ])('of %i is %s', (status, kind) => {
    expect(errorOf(status).kind).toBe(kind);
    expect(errorOf(status).facts.status).toBe(status);
  });

  test('of 403 is final where the project is meant, which no renewed token mends', () => {
    const document = { error: 'Project does not have feature "queuev2" enabled', code: 403 };
    expect(errorOf(403, document).kind).toBe('refused');
    expect(errorOf(403, { error: 'The token does not have it' }).kind).toBe('unauthorized');
  });

  test('of 503 keeps its Retry-After, but may have come after the effect: a proxy adds it to its own answers', () => {
    expect(errorOf(503, {}, { 'retry-after': '30' })).toMatchObject({
      kind: 'unavailable',
      facts: { retryAfterMs: 30_000 },
    });
  });

  test("of 503 with Syrup's words for it is maintenance", () => {
    expect(errorOf(503, { status: 'error', error: 'Project is disabled', code: 503 }).kind).toBe('maintenance');
    expect(errorOf(503, { error: 'Project is disabled' }, { 'retry-after': '30' }).kind).toBe('maintenance');
    expect(errorOf(500, { error: 'Project is disabled' }).kind).toBe('unavailable');
  });

  test("of 503 with Storage's document for it is maintenance with its reason", () => {
    const document = { status: 'maintenance', estimatedEndTime: null, reason: 'Moving house' };
    expect(errorOf(503, document, { 'retry-after': '60' })).toMatchObject({
      kind: 'maintenance',
      facts: { reason: 'Moving house', retryAfterMs: 60_000 },
    });
  });
});

describe('an envelope', () => {
  test('of Syrup gives message and exception id', () => {
    const envelope = {
      status: 'error',
      error: 'User error',
      code: 400,
      message: 'Component "x" not found',
      exceptionId: 'docker-0123456789abcdef',
      runId: 0,
    };
    expect(errorOf(400, envelope).message).toBe(
      'POST /docker/c/run answered 400: Component "x" not found (exception id docker-0123456789abcdef)',
    );
    expect(errorOf(400, envelope).facts.exceptionId).toBe('docker-0123456789abcdef');
  });

  test('of Storage gives its text from "error"', () => {
    const envelope = { error: 'Invalid access token', code: 'storage.tokenInvalid', exceptionId: 'storage-1' };
    expect(errorOf(401, envelope).facts.reason).toBe('Invalid access token');
  });

  test.each([
    ['HTML', '<html>Bad gateway</html>'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['text', '"gone"'],
    ['fields of other types', '{"message":7,"error":{"a":1},"exceptionId":null}'],
    ['broken JSON', '{"message":"x'],
  ])('that is %s gives a plain reason', (_, body) => {
    expect(errorOf(502, body).message).toBe('POST /docker/c/run answered 502: an answer that is not Keboola JSON');
  });

  test('that never ends is cut', () => {
    expect(errorOf(400, { message: 'm'.repeat(1_000_000) }).message.length).toBeLessThan(1_200);
  });
});

describe('the token', () => {
  test('is starred out of whatever the answer repeats, also where a long text is cut', () => {
    const field = fc.constantFrom('message', 'error', 'exceptionId');
    fc.assert(
      fc.property(field, fc.nat(1_100), fc.integer({ min: 300, max: 599 }), (name, before, status) => {
        const error = errorOf(status, { [name]: 'x'.repeat(before) + TOKEN + TOKEN });
        expect(JSON.stringify(error.facts) + error.message + (error.stack ?? '')).not.toContain('secret');
      }),
    );
  });

  test('of an earlier request is starred out, too, where this one has none', () => {
    const { token, ...anonymous } = request;
    const { reason } = answerError(anonymous, 400, {}, '{"message":"bad token 1134-53044-canary7Canary7"}').facts;
    expect(reason).toBe('bad token ***');
  });

  test('is not looked for where there is none', () => {
    const { token, ...anonymous } = request;
    expect(answerError(anonymous, 400, {}, '{"message":"plain"}').facts.reason).toBe('plain');
    expect(answerError({ ...request, token: '' }, 400, {}, '{"message":"plain"}').facts.reason).toBe('plain');
  });

  test('stays out of the path, which is all that is said of the address', () => {
    expect(errorOf(400).facts.path).toBe('/docker/c/run');
  });
});

describe('Retry-After', () => {
  const NOW_MS = Date.parse('2026-01-01T10:00:00Z');

  test.each([
    ['120', 120_000],
    [' 5 ', 5_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 10:02:00 GMT', 120_000],
    ['Thu, 01 Jan 2026 09:00:00 GMT', 0],
    ['86400', 3_600_000],
    ['Fri, 02 Jan 2026 10:00:00 GMT', 3_600_000],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is a delay of %j ms', (value, delayMs) => {
    expect(retryAfter(value, NOW_MS)).toBe(delayMs);
  });

  test('is a delay between nothing and an hour, or none at all, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String), fc.double().map(String)), (value) => {
        const delayMs = retryAfter(value, NOW_MS);
        if (delayMs === undefined) return;
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });

  test.each([
    ['an hour behind', '2026-01-01T09:00:00Z'],
    ['an hour ahead', '2026-01-01T11:00:00Z'],
  ])('as a time counts from the time of the answer, although the clock of the machine is %s', (_, machine) => {
    vi.useFakeTimers({ now: Date.parse(machine), toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const headers = { date: 'Thu, 01 Jan 2026 10:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2026 10:00:05 GMT' };
    expect(errorOf(503, {}, headers).facts.retryAfterMs).toBe(5_000);
  });

  test.each([{}, { date: 'today' }, { date: [] }])(
    'as a time counts from now where the answer does not tell when it is of: %j',
    (undated) => {
      vi.useFakeTimers({ now: NOW_MS, toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      const headers = { ...undated, 'retry-after': 'Thu, 01 Jan 2026 10:00:05 GMT' };
      expect(errorOf(429, {}, headers).facts.retryAfterMs).toBe(5_000);
    },
  );

  test('is read from a repeated header too', () => {
    expect(errorOf(429, {}, { 'retry-after': ['7', '9'] }).facts.retryAfterMs).toBe(7_000);
  });
});

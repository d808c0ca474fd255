import { describe, expect, it } from 'vitest';
import { ConnectionHealth, type HealthNews } from '../../../src/keboola/http/connection-health.js';
import { KeboolaError, type KeboolaErrorKind } from '../../../src/keboola/http/keboola-error.js';

const SECOND_MS = 1_000;

function failed(kind: KeboolaErrorKind, status?: number): KeboolaError {
  const facts = { kind, method: 'GET', path: '/x', reason: 'because' };
  return new KeboolaError(status === undefined ? facts : { ...facts, status });
}

const refused = failed('unauthorized', 401);
const down = failed('not-sent');

/** What is told of exchanges that end like this, one a second; `undefined` is a good answer to a request with a token. */
function told(...ends: (KeboolaError | undefined | { error?: KeboolaError; withToken: boolean })[]): HealthNews[] {
  const news: HealthNews[] = [];
  let nowMs = 0;
  const health = new ConnectionHealth(
    (one) => news.push(one),
    () => nowMs,
  );
  for (const end of ends) {
    health.heard(end instanceof KeboolaError || end === undefined ? { error: end, withToken: true } : end);
    nowMs += SECOND_MS;
  }
  return news;
}

function aloud(...ends: Parameters<typeof told>): HealthNews[] {
  return told(...ends).filter(({ quiet }) => !quiet);
}

function times<T>(count: number, one: T): T[] {
  return Array.from({ length: count }, () => one);
}

describe('a connection', () => {
  it('is told of once when its token is refused, and once when it is taken again', () => {
    expect(aloud(undefined, ...times(100, refused), undefined, undefined)).toEqual([
      { kind: 'token-refused', message: refused.message },
      { kind: 'well', afterMs: 100 * SECOND_MS },
    ]);
  });

  it('whose token is refused is not well because something else was answered after a silence', () => {
    const withoutToken = { withToken: false };
    expect(told(refused, down, down, down, withoutToken).at(-1)).toMatchObject({ kind: 'no-answer' });
    expect(told(refused, down, down, down, withoutToken, undefined).at(-1)).toMatchObject({ kind: 'well' });
  });

  it('is told of once when it has no token to send, and once when one is taken', () => {
    const news: HealthNews[] = [];
    let nowMs = 0;
    const health = new ConnectionHealth(
      (one) => news.push(one),
      () => nowMs,
    );
    health.noToken(new Error('the file is gone'));
    health.noToken(new Error('the file is gone'));
    // What is asked without a token says nothing about it.
    health.heard({ withToken: false });
    nowMs = 5 * SECOND_MS;
    health.heard({ withToken: true });
    expect(news).toEqual([
      { kind: 'no-token', message: 'the file is gone' },
      { kind: 'well', afterMs: 5 * SECOND_MS },
    ]);
  });

  it('is told of once when nobody answers, and once when somebody does', () => {
    expect(aloud(...times(75, down), failed('not-found', 404))).toEqual([
      { kind: 'no-answer', message: down.message },
      { kind: 'well', afterMs: 73 * SECOND_MS },
    ]);
  });

  it('is not told of where a few exchanges break among good ones', () => {
    expect(aloud(down, down, undefined, failed('unavailable', 502), undefined, down, down)).toEqual([]);
  });

  it.each([
    ['a 403', failed('unauthorized', 403)],
    ['a 404', failed('not-found', 404)],
    ['a refusal', failed('refused', 422)],
    ['a limit of requests', failed('throttled', 429)],
  ])('is well as long as Keboola answers: %s', (_, answer) => {
    expect(aloud(...times(10, answer))).toEqual([]);
  });

  it('is not well again by an answer that was not given to its token', () => {
    expect(aloud(refused, { withToken: false }, failed('not-found', 404))).toHaveLength(1);
  });

  it('that comes and goes is told of once a minute', () => {
    const flapping = Array.from({ length: 240 }, (_, at) => (at % 2 === 0 ? refused : undefined));
    expect(aloud(...flapping).filter(({ kind }) => kind !== 'well')).toHaveLength(4);
  });

  it('that comes and goes is told of quietly meanwhile, so that whoever keeps its state is right', () => {
    expect(told(refused, undefined, refused, refused, undefined)).toEqual([
      { kind: 'token-refused', message: refused.message },
      { kind: 'well', afterMs: SECOND_MS },
      { kind: 'token-refused', message: refused.message, quiet: true },
      { kind: 'well', afterMs: 2 * SECOND_MS, quiet: true },
    ]);
  });

  it('that is well from the start is told of quietly, once', () => {
    expect(told(failed('not-found', 404), undefined, undefined)).toEqual([{ kind: 'well', afterMs: 0, quiet: true }]);
  });

  it('that answers again, and then refuses the token, is told of with what it is now', () => {
    expect(aloud(...times(90, down), ...times(3, refused)).map(({ kind }) => kind)).toEqual([
      'no-answer',
      'token-refused',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { Candidates } from '../../../src/workflows/create/candidates.js';

const MINUTE_MS = 60_000;

function shown(candidates: string[], isWhole = true): Parameters<Candidates['seen']>[0] {
  return { kind: 'searched', hits: [], trustworthy: true, workflowRunId: 'w', candidates, isWhole };
}

describe('a job that may be the one that was lost', () => {
  test('is taken after it was the only one for three minutes, where all are shown', () => {
    const candidates = new Candidates();
    candidates.seen(shown(['1']), 0);
    expect(candidates.theOne(3 * MINUTE_MS - 1)).toBeUndefined();
    expect(candidates.theOne(3 * MINUTE_MS)).toBe('1');
  });

  test('is taken after half an hour where others may still show', () => {
    const candidates = new Candidates();
    candidates.seen(shown(['1'], false), 0);
    expect(candidates.theOne(29 * MINUTE_MS)).toBeUndefined();
    expect(candidates.theOne(30 * MINUTE_MS)).toBe('1');
  });

  test('is waited for anew when another one has taken its place', () => {
    const candidates = new Candidates();
    candidates.seen(shown(['1']), 0);
    candidates.seen(shown(['2']), 3 * MINUTE_MS);
    expect(candidates.theOne(4 * MINUTE_MS)).toBeUndefined();
    candidates.seen(shown(['2']), 5 * MINUTE_MS);
    expect(candidates.theOne(6 * MINUTE_MS)).toBe('2');
  });

  test('is not taken beside another one', () => {
    const candidates = new Candidates();
    candidates.seen(shown(['1']), 0);
    candidates.seen(shown(['1', '2']), 2 * MINUTE_MS);
    expect(candidates.theOne(10 * MINUTE_MS)).toBeUndefined();
    expect(candidates.areSeveral(4 * MINUTE_MS)).toBe(false);
    expect(candidates.areSeveral(5 * MINUTE_MS)).toBe(true);
  });
});

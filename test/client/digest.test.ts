import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputDigest } from '../../src/client/digest.js';
import type { RunJobInput } from '../../src/job/input.js';

const json = fc.object({
  maxDepth: 3,
  key: fc.string({ maxLength: 4 }),
  values: [fc.integer(), fc.string(), fc.boolean()],
});

/** The same value with its keys in another order, at every depth. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, reversed(field)]),
  );
}

function digest(configData: unknown): string {
  return inputDigest({ component: 'c', configData: configData as Record<string, unknown> });
}

describe('the digest of an input', () => {
  it('does not depend on the order of keys, at any depth', () => {
    fc.assert(fc.property(json, (value) => digest(reversed(value)) === digest(value)));
  });

  it('is another one for another input', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const same = JSON.stringify(sortedEntries(one)) === JSON.stringify(sortedEntries(other));
        expect(digest(one) === digest(other)).toBe(same);
      }),
    );
    expect(digest({ list: [1, 2] })).not.toBe(digest({ list: [2, 1] }));
  });

  it('takes a field that is left out for its default', () => {
    const input: RunJobInput = { component: 'c', config: '1' };
    const spelledOut: RunJobInput = { ...input, connection: 'default', onWarning: 'accept', onTerminated: 'cancel' };
    expect(inputDigest(spelledOut)).toBe(inputDigest(input));
    expect(inputDigest({ ...input, onWarning: 'fail' })).not.toBe(inputDigest(input));
    expect(inputDigest({ ...input, parentRunId: '1' })).not.toBe(inputDigest(input));
  });

  it.each<Partial<RunJobInput>>([
    { mode: 'run' },
    { onAmbiguousCreate: 'fail' },
    { children: 'observe' },
    { onForeignJob: 'ignore' },
  ])('is the same when the default is spelled out: %j', (field) => {
    const input: RunJobInput = { component: 'c', config: '1' };
    expect(inputDigest({ ...input, ...field })).toBe(inputDigest(input));
  });

  it.each<Partial<RunJobInput>>([
    { rows: ['1'] },
    { tag: '1' },
    { branchId: '1' },
    { variableValuesId: '1' },
    { mode: 'debug' as const },
    { variableValuesData: { values: [] } },
    { params: { a: 1 } },
    { onAmbiguousCreate: 'recreate' as const },
    { queueTimeout: '1h' },
    { runTimeout: '1h' },
    { onForeignJob: 'fail' as const },
  ])('is another one with %j', (field) => {
    const input: RunJobInput = { component: 'c', config: '1' };
    expect(inputDigest({ ...input, ...field })).not.toBe(inputDigest(input));
  });

  it('takes durations for what they last', () => {
    const lasting = (queueTimeout: number | string, runTimeout: number | string): string =>
      inputDigest({ component: 'c', config: '1', queueTimeout, runTimeout });
    expect(lasting('60s', 3_600_000)).toBe(lasting(60_000, '1h'));
    expect(lasting('60s', '1h')).not.toBe(lasting('1h', '60s'));
  });
});

/** Pairs in order, written independently of what is tested. */
function sortedEntries(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(sortedEntries)];
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  return ['object', ...names.map((name) => [name, sortedEntries((value as Record<string, unknown>)[name])])];
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundComponents } from '../../src/job/bound-components.js';
import { jsonBytes } from '../../src/job/bound-result.js';
import type { ComponentEntry } from '../../src/job/questions.js';

const BYTES_MAX = 2_000;

const entry = (id: string, description: string, configurations: number): ComponentEntry => ({
  id,
  type: 'extractor',
  name: id,
  description,
  uri: `https://syrup.keboola.com/docker/${id}`,
  kind: 'docker',
  configurations: Array.from({ length: configurations }, (_, at) => ({ id: String(at), name: 'n', description })),
});

describe('a list of components', () => {
  test('that fits is kept whole and not marked', () => {
    const components = [entry('a', 'what it does', 2)];
    expect(boundComponents(components, BYTES_MAX)).toEqual({ components });
  });

  test('loses its descriptions first, then its configurations', () => {
    const wordy = boundComponents([entry('a', 'x'.repeat(1_000), 2)], BYTES_MAX);
    expect(wordy).toMatchObject({
      truncated: true,
      components: [{ id: 'a', configurations: [{ id: '0' }, { id: '1' }] }],
    });
    expect(JSON.stringify(wordy)).not.toContain('description');
    const many = boundComponents([entry('a', '', 200), entry('b', '', 1)], BYTES_MAX);
    expect(many.components.map(({ id, configurations }) => [id, configurations])).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
  });

  test('stays within its bytes, whatever is in it', () => {
    const entries = fc.array(fc.tuple(fc.string(), fc.string({ maxLength: 300 }), fc.nat(50)), { maxLength: 60 });
    fc.assert(
      fc.property(entries, (all) => {
        const bound = boundComponents(
          all.map(([id, text, count]) => entry(id, text, count)),
          BYTES_MAX,
        );
        expect(jsonBytes(bound.components)).toBeLessThanOrEqual(BYTES_MAX);
        if (bound.components.length < all.length) expect(bound.truncated).toBe(true);
      }),
    );
  });
});

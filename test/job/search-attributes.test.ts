import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JobView } from '../../src/job/job-view.js';
import type { RunPlan } from '../../src/job/run-plan.js';
import {
  ANSWER_LIFETIME_MS,
  changedAttributes,
  faultsText,
  hasRoomBeside,
  mayWrite,
  SEARCH_ATTRIBUTES,
  searchAttributesOf,
  without,
  type SearchAttributeValues,
} from '../../src/job/search-attributes.js';

const plan: RunPlan = {
  connection: 'default',
  project: { id: '1134', name: 'Tutorial' },
  component: 'keboola.ex-db-mysql',
  config: 'orders',
  made: { by: 'run', fence: 'run-id' },
  onWarning: 'accept',
  onTerminated: 'cancel',
  onAmbiguousCreate: 'fail',
  children: 'observe',
  searchAttributes: true,
};
const view: JobView = { jobId: '5', runId: '900.6', status: 'processing', component: 'docker' };

test('a job shows project, component, configuration, both ids and status', () => {
  expect(searchAttributesOf(plan, view)).toEqual({
    KeboolaProject: '1134',
    KeboolaComponent: 'keboola.ex-db-mysql',
    KeboolaConfig: 'orders',
    KeboolaJobId: '5',
    KeboolaRunId: '900.6',
    KeboolaStatus: 'processing',
  });
});

test('what is not known yet is left out', () => {
  const { config, ...inline } = plan;
  expect(Object.keys(searchAttributesOf(inline, { ...view, runId: '' }))).not.toContain('KeboolaConfig');
  expect(Object.keys(searchAttributesOf(inline, { ...view, runId: '' }))).not.toContain('KeboolaRunId');
});

test("the job's own configuration wins over the planned one", () => {
  expect(searchAttributesOf(plan, { ...view, config: 'other' }).KeboolaConfig).toBe('other');
});

const values = fc.dictionary(fc.constantFrom(...SEARCH_ATTRIBUTES), fc.string()) as fc.Arbitrary<SearchAttributeValues>;

test('nothing changes from a state to itself', () => {
  fc.assert(
    fc.property(values, (state) => {
      expect(changedAttributes(state, state)).toEqual({});
    }),
  );
});

test('the changes turn the old state into the new one and take nothing away', () => {
  fc.assert(
    fc.property(values, values, (before, after) => {
      const changed = changedAttributes(before, after);
      expect({ ...before, ...changed }).toEqual({ ...before, ...after });
      for (const [name, value] of Object.entries(changed)) {
        expect(before[name as keyof SearchAttributeValues]).not.toBe(value);
      }
    }),
  );
});

test('a value that Temporal would refuse is cut, because it would fail the workflow task for ever', () => {
  const shown = searchAttributesOf(plan, { ...view, status: '☃'.repeat(1_000) });
  expect(Buffer.byteLength(shown.KeboolaStatus ?? '')).toBeLessThan(2_048);
});

test.each([
  ['nobody has asked', undefined, false],
  ['they may not', { ready: false, askedMs: 1_000 }, false],
  ['it was just asked', { ready: true, askedMs: 1_000 }, true],
  ['the answer is as old as it may be', { ready: true, askedMs: 1_000 - ANSWER_LIFETIME_MS }, true],
  ['the answer is too old', { ready: true, askedMs: 999 - ANSWER_LIFETIME_MS }, false],
  ['it was asked in the future, which no clock may say', { ready: true, askedMs: 1_001 }, false],
])('attributes are written by an answer that is fresh: where %s', (_, answer, may) => {
  expect(mayWrite(answer, 1_000)).toBe(may);
});

test('ours have room beside 28 KiB of others, names, values and 64 bytes for each', () => {
  const ofBytes = (bytes: number): Record<string, string> => ({ a: 'x'.repeat(bytes - 3 - 2 - 64) });
  expect(hasRoomBeside(ofBytes(28 * 1024))).toBe(true);
  expect(hasRoomBeside(ofBytes(28 * 1024 + 1))).toBe(false);
  expect(hasRoomBeside({ ...ofBytes(28 * 1024 - 69), b: '' })).toBe(true);
  expect(hasRoomBeside({ ...ofBytes(28 * 1024 - 68), b: '' })).toBe(false);
  expect(hasRoomBeside({ KeboolaJobId: 'x'.repeat(40 * 1024) })).toBe(true);
});

test('what is wrong with them is said, each kind in words of its own', () => {
  expect(faultsText([])).toBe('');
  expect(faultsText([{ name: 'A' }, { name: 'B' }])).toBe('not registered: A, B');
  expect(faultsText([{ name: 'A', type: 'Bool' }])).toBe('A is registered as Bool, but must be Keyword');
  expect(faultsText([{ name: 'A', type: 'Int' }, { name: 'B' }])).toBe(
    'not registered: B; A is registered as Int, but must be Keyword',
  );
});

test('what a server has lost is left out', () => {
  expect(without({ KeboolaJobId: '5', KeboolaStatus: 'success' }, ['KeboolaStatus', 'Other'])).toEqual({
    KeboolaJobId: '5',
  });
});

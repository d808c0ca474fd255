import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JobView } from '../../src/job/job-view.js';
import type { RunPlan } from '../../src/job/run-plan.js';
import {
  changedAttributes,
  SEARCH_ATTRIBUTES,
  searchAttributesOf,
  type SearchAttributeValues,
} from '../../src/job/search-attributes.js';

const plan: RunPlan = {
  connection: 'default',
  project: { id: '1134', name: 'Tutorial' },
  component: 'keboola.ex-db-mysql',
  config: 'orders',
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

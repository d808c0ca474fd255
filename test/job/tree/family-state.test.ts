import { describe, expect, it } from 'vitest';
import type { Family } from '../../../src/job/tree/family.js';
import { familySeen, newChildren, newFamilyState } from '../../../src/job/tree/family-state.js';

function family(more: Partial<Family> = {}): Family {
  return { settled: false, jobs: 1, open: 1, counts: {}, treeJobs: 2, children: [{ jobId: '2' }], ...more };
}

describe('the children that get a workflow', () => {
  it('are those that are new', () => {
    const state = { ...newFamilyState(), observers: { '2': 'closed' as const } };
    expect(newChildren(state, family({ children: [{ jobId: '2' }, { jobId: '3' }] }), 0).start).toEqual(['3']);
  });

  it('are, where a job may stand between, those that were seen so twice', () => {
    const unsure = family({ children: [{ jobId: '2', unsure: true }] });
    const first = newChildren(newFamilyState(), unsure, 0);
    expect(first.start).toEqual([]);
    expect(newChildren(first.state, unsure, 0).start).toEqual(['2']);
    expect(newChildren(first.state, family({ children: [{ jobId: '5' }] }), 0).start).toEqual(['5']);
  });

  it('are all of them once the list is settled: then none can be missing that stands between', () => {
    const last = family({ settled: true, children: [{ jobId: '2', unsure: true }] });
    expect(newChildren(newFamilyState(), last, 0).start).toEqual(['2']);
  });

  it.each([
    ['more jobs than 200 below the first', family({ treeJobs: 202 }), 0, 'the tree has more than 200 jobs'],
    ['more levels than ten', family(), 10, 'the tree is deeper than 10 levels'],
  ])('are none in a tree of %s, and that is said', (_, seen, depth, digest) => {
    const { start, state } = newChildren(newFamilyState(), seen, depth);
    expect(start).toEqual([]);
    expect(state.digest).toBe(digest);
  });

  it('are all in a tree of 200 jobs below the first', () => {
    expect(newChildren(newFamilyState(), family({ treeJobs: 201 }), 9).start).toEqual(['2']);
  });
});

describe('a family', () => {
  it.each([
    [{ settled: true, open: 0 }, true],
    [{ settled: false, open: 0 }, false],
    [{ settled: true, open: 1 }, false],
  ])('with %o is complete: %s', (seen, complete) => {
    expect(familySeen(newFamilyState(), family(seen)).complete).toBe(complete);
  });

  it('is not forgotten when an index that is ill shows less of it', () => {
    const known = familySeen(newFamilyState(), family({ jobs: 3, open: 3 }));
    expect(familySeen(known, family({ jobs: 0, open: 0 }))).toEqual(known);
    expect(familySeen(known, family({ settled: true, jobs: 2, open: 0 }))).toEqual(known);
  });
});

import { describe, expect, it } from 'vitest';
import type { Descendants } from '../../../src/job/tree/descendants.js';
import {
  descendantsSeen,
  newChildren,
  newDescendantsState,
  takeObserver,
} from '../../../src/job/tree/descendants-state.js';

function descendants(more: Partial<Descendants> = {}): Descendants {
  return { settled: false, jobs: 1, open: 1, counts: {}, treeJobs: 2, children: [{ jobId: '2' }], ...more };
}

describe('the children that get a workflow', () => {
  it('are those that are new', () => {
    const state = { ...newDescendantsState(), observers: { '2': 'closed' as const } };
    expect(newChildren(state, descendants({ children: [{ jobId: '2' }, { jobId: '3' }] }), 0).start).toEqual(['3']);
  });

  it.each(['constructor', 'toString', '__proto__'])('are new also with the id %s, and then once', (jobId) => {
    const state = newDescendantsState();
    const seen = descendants({ children: [{ jobId }] });
    expect(newChildren(state, seen, 0).start).toEqual([jobId]);
    takeObserver(state.observers, jobId, 'open');
    expect(newChildren(state, seen, 0).start).toEqual([]);
  });

  it('are, where a job may stand between, those that were seen so twice', () => {
    const unsure = descendants({ children: [{ jobId: '2', unsure: true }] });
    const first = newChildren(newDescendantsState(), unsure, 0);
    expect(first.start).toEqual([]);
    expect(newChildren(first.state, unsure, 0).start).toEqual(['2']);
    expect(newChildren(first.state, descendants({ children: [{ jobId: '5' }] }), 0).start).toEqual(['5']);
  });

  it('are all of them once the list is settled: then none can be missing that stands between', () => {
    const last = descendants({ settled: true, children: [{ jobId: '2', unsure: true }] });
    expect(newChildren(newDescendantsState(), last, 0).start).toEqual(['2']);
  });

  it.each([
    ['more jobs than 200 below the first', descendants({ treeJobs: 202 }), 0, 'the tree has more than 200 jobs'],
    ['more levels than ten', descendants(), 10, 'the tree is deeper than 10 levels'],
  ])('are none in a tree of %s, and that is said', (_, seen, depth, digest) => {
    const { start, state } = newChildren(newDescendantsState(), seen, depth);
    expect(start).toEqual([]);
    expect(state.digest).toBe(digest);
  });

  it('are all in a tree of 200 jobs below the first', () => {
    expect(newChildren(newDescendantsState(), descendants({ treeJobs: 201 }), 9).start).toEqual(['2']);
  });
});

describe('the jobs below a job', () => {
  it.each([
    [{ settled: true, open: 0 }, true],
    [{ settled: false, open: 0 }, false],
    [{ settled: true, open: 1 }, false],
  ])('with %o is complete: %s', (seen, complete) => {
    expect(descendantsSeen(newDescendantsState(), descendants(seen)).complete).toBe(complete);
  });

  it('is not forgotten when an index that is ill shows less of it', () => {
    const known = descendantsSeen(newDescendantsState(), descendants({ jobs: 3, open: 3 }));
    expect(descendantsSeen(known, descendants({ jobs: 0, open: 0 }))).toEqual(known);
    expect(descendantsSeen(known, descendants({ settled: true, jobs: 2, open: 0 }))).toEqual(known);
  });
});

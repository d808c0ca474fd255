import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import type { JobView } from '../../../src/job/job-view.js';
import { isBelow } from '../../../src/job/run-id.js';
import { DESCENDANTS_MAX, descendantsOf, OBSERVERS_MAX } from '../../../src/job/tree/descendants.js';

function job(jobId: string, runId: string, status = 'success'): JobView {
  return { jobId, runId, status, component: 'keboola.ex-http' };
}

const own = job('1', '10');
const ids = (children: readonly { jobId: string }[]): string[] => children.map(({ jobId }) => jobId);

describe('the descendants of a job', () => {
  it('is whatever lies below its run id, and its children are those with no other job between', () => {
    const tree = [own, job('2', '10.20'), job('3', '10.20.30'), job('4', '10.40', 'processing'), job('5', '100.1')];
    const descendants = descendantsOf('1', ['10'], tree);
    expect(descendants).toMatchObject({ jobs: 3, open: 1, counts: { success: 2, processing: 1 }, settled: true });
    expect(descendants.children).toEqual([{ jobId: '2' }, { jobId: '4' }]);
  });

  it('is counted as what Keboola says of it, whatever the name of the status', () => {
    const tree = [own, job('2', '10.20', 'constructor'), job('3', '10.30', '__proto__')];
    expect(Object.entries(descendantsOf('1', ['10'], tree).counts)).toEqual([
      ['constructor', 1],
      ['__proto__', 1],
    ]);
  });

  it('counts a job once that the list repeats, as one that runs where a row says so', () => {
    const tree = [own, job('2', '10.20', 'processing'), job('2', '10.20'), job('3', '10.30'), job('3', '10.30')];
    expect(descendantsOf('1', ['10'], tree)).toMatchObject({ jobs: 2, open: 1, treeJobs: 3 });
    expect(ids(descendantsOf('1', ['10'], tree).children)).toEqual(['2', '3']);
  });

  it('is unsure of a grandchild whose parent does not show yet', () => {
    expect(descendantsOf('1', ['10'], [own, job('3', '10.20.30')]).children).toEqual([{ jobId: '3', unsure: true }]);
  });

  it('has no child that a workflow of ours has created: that one has a workflow already', () => {
    const fenced = `10.${fenceFor('run', 1)}.7`;
    expect(descendantsOf('1', ['10'], [own, job('7', fenced), job('8', `${fenced}.9`)]).children).toEqual([]);
    // The list may show it late.
    expect(descendantsOf('1', ['10'], [own, job('8', `${fenced}.9`)]).children).toEqual([]);
  });

  it('has no child whose id no workflow would take, and which could be anything', () => {
    expect(descendantsOf('1', ['10'], [own, job('x'.repeat(65), '10.2'), job('a/b c', '10.3')])).toMatchObject({
      jobs: 2,
      children: [],
    });
  });

  it('does not hold the job itself, nor another one of the same creation, which both lie below what was sent', () => {
    const sent = fenceFor('run', 1);
    const tree = [job('1', `${sent}.10`), job('2', `${sent}.20`), job('3', `${sent}.10.30`)];
    expect(ids(descendantsOf('1', [sent, `${sent}.10`], tree).children)).toEqual(['3']);
  });

  it('lies below each run id that the job has had', () => {
    const tree = [job('1', 's.11'), job('2', 's.10.1'), job('3', 's.11.1')];
    expect(ids(descendantsOf('1', ['s', 's.10', 's.11'], tree).children)).toEqual(['2', '3']);
  });

  it('is settled only once the list shows the end of the job itself', () => {
    expect(descendantsOf('1', ['10'], [job('1', '10', 'processing')]).settled).toBe(false);
    expect(descendantsOf('1', ['10'], []).settled).toBe(false);
  });

  it('is never settled in a list of as many jobs as were asked for, which may lack others', () => {
    const tree = [own, ...Array.from({ length: DESCENDANTS_MAX }, (_, at) => job(`${at + 2}`, `10.${at}`))];
    expect(descendantsOf('1', ['10'], tree.slice(0, -1)).settled).toBe(true);
    const descendants = descendantsOf('1', ['10'], tree);
    expect(descendants).toMatchObject({ settled: false, jobs: DESCENDANTS_MAX });
    expect(descendants.children.length).toBeLessThanOrEqual(OBSERVERS_MAX + 1);
  });

  it('gives each job below exactly one place: it is a child, or lies below one, or below one that is fenced', () => {
    const runIds = fc.uniqueArray(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 }), {
      maxLength: 30,
      selector: (segments) => segments.join('.'),
    });
    fc.assert(
      fc.property(runIds, (all) => {
        const tree = [own, ...all.map((segments, at) => job(`${at + 2}`, `10.${segments.join('.')}`))];
        const { children, jobs } = descendantsOf('1', ['10'], tree);
        const tops = tree.filter(({ jobId }) => ids(children).includes(jobId));
        const belowTops = tree.filter(({ runId }) => tops.some((top) => isBelow(runId, top.runId)));
        expect(tops.length + belowTops.length).toBe(jobs);
        expect(new Set([...tops, ...belowTops]).size).toBe(jobs);
      }),
    );
  });
});

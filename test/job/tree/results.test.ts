import { describe, expect, it } from 'vitest';
import { jsonBytes } from '../../../src/job/bound-result.js';
import { descendantResults, type ListedJob } from '../../../src/job/tree/results.js';

function job(jobId: string, runId: string, more: Partial<ListedJob['view']> = {}): ListedJob {
  return { view: { jobId, runId, status: 'success', component: 'c', ...more }, url: `https://keboola/${jobId}` };
}

describe('what is told of the jobs below a job', () => {
  it('is a tree, the oldest first, whatever the order of the list', () => {
    const list = [job('100', '1.9.8'), job('9', '1.9'), job('8', '1.8')];
    const { children, truncated } = descendantResults(list, 10_000);
    expect(children.map(({ jobId }) => jobId)).toEqual(['8', '9']);
    expect(children[1]?.children?.map(({ jobId }) => jobId)).toEqual(['100']);
    expect(truncated).toBeUndefined();
  });

  it('leaves out a job that runs, and hangs those below it on the one above', () => {
    const list = [job('2', '1.2'), job('3', '1.2.3', { status: 'processing' }), job('4', '1.2.3.4')];
    const { children } = descendantResults(list, 10_000);
    expect(children.map(({ jobId }) => jobId)).toEqual(['2']);
    expect(children[0]?.children?.map(({ jobId }) => jobId)).toEqual(['4']);
  });

  it('keeps two KiB of the result of each', () => {
    const { children } = descendantResults([job('2', '1.2', { result: { text: 'x'.repeat(5_000) } })], 10_000);
    expect(jsonBytes(children[0]?.result)).toBeLessThanOrEqual(2 * 1024);
    expect(children[0]?.truncated).toBe(true);
  });

  it('keeps of a tree that is too large the failed jobs only, as many as there is room for', () => {
    const many = Array.from({ length: 500 }, (_, at) =>
      job(`${at + 2}`, `1.${at + 2}`, at % 2 === 0 ? {} : { status: 'error' }),
    );
    const { children, truncated } = descendantResults(many, 8 * 1024);
    expect(truncated).toBe(true);
    expect(jsonBytes(children)).toBeLessThanOrEqual(8 * 1024);
    expect(children.length).toBeGreaterThan(10);
    expect(children.every(({ status }) => status === 'error')).toBe(true);
  });

  it('says that somebody else stopped what was stopped', () => {
    const { children } = descendantResults([job('2', '1.2', { status: 'terminated', terminatedBy: 'ann' })], 10_000);
    expect(children[0]).toMatchObject({ outcome: 'stopped-by-other', terminatedBy: 'ann' });
  });
});

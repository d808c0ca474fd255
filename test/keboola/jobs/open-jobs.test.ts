import { describe, expect, it } from 'vitest';
import type { JobView } from '../../../src/job/job-view.js';
import { OPEN_JOBS_MAX, readAllOpen } from '../../../src/keboola/jobs/open-jobs.js';
import { overlapping } from '../../../src/keboola/jobs/overlapping.js';

describe('the unfinished jobs of a configuration', () => {
  it('are all read that run all the time, though others end between the pages', async () => {
    const left = Array.from({ length: 350 }, (_, at) => String(at));
    const ask = (offset: number): Promise<string[]> => {
      const page = left.slice(offset, offset + OPEN_JOBS_MAX);
      left.splice(0, 15);
      return Promise.resolve(page);
    };
    const read = (page: readonly unknown[]) => page.map((jobId) => ({ view: { jobId } as JobView }));
    const { jobs, isWhole } = await readAllOpen(ask, read);
    const seen = new Set(jobs.map(({ view }) => view.jobId));
    expect([isWhole, left.filter((jobId) => !seen.has(jobId))]).toEqual([true, []]);
  });

  it.each([
    [100, 80],
    [20, 16],
    [4, 3],
    [1, 1],
  ])('are read in pages of which the next begins before the last one ends, and always goes on: %i', (limit, step) => {
    expect(overlapping(limit)).toBe(step);
  });
});

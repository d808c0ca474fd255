import { describe, expect, it } from 'vitest';
import { chooseForeign, foreignJobText, isForeign, type ForeignJob } from '../../../src/job/create/foreign-jobs.js';
import type { JobView } from '../../../src/job/job-view.js';

const FENCE = '915016579194096';
const REQUEST = { runId: `5.6.${FENCE}`, fences: [FENCE] };

function view(runId: string): JobView {
  return { jobId: '1', runId, status: 'processing', component: 'c', config: '1' };
}

function job(jobId: string, status: string): ForeignJob {
  return { jobId, runId: jobId, status, url: 'https://k/1' };
}

describe('a job of the same configuration', () => {
  it.each([FENCE, `${FENCE}.2`, `7.${FENCE}.3`])('is ours where its run id carries our fence: %s', (runId) => {
    expect(isForeign(view(runId), REQUEST)).toBe(false);
  });

  it.each(['5', '5.6'])('is not to be minded where ours will be a part of it: %s', (runId) => {
    expect(isForeign(view(runId), REQUEST)).toBe(false);
  });

  it.each(['', '7', '5.7', '5.6.8', '55', `x${FENCE}`, '..'])(
    'is somebody else’s in all other cases: "%s"',
    (runId) => {
      expect(isForeign(view(runId), REQUEST)).toBe(true);
    },
  );
});

describe('of several jobs', () => {
  it('the newest that runs is followed, though a newer one waits', () => {
    const jobs = [job('12', 'waiting'), job('9', 'processing'), job('10', 'processing'), job('8', 'created')];
    expect(chooseForeign(jobs)?.jobId).toBe('10');
  });

  it('the newest that waits is followed where none runs, whatever its status is called', () => {
    expect(chooseForeign([job('8', 'created'), job('12', 'sleeping'), job('9', 'waiting')])?.jobId).toBe('12');
  });

  it('none is followed that is being stopped', () => {
    expect(chooseForeign([job('1', 'terminating')])).toBeUndefined();
    expect(chooseForeign([])).toBeUndefined();
  });
});

describe('people are told', () => {
  it('who has started it and since when, where that is known', () => {
    const times = { createdTime: '2026-01-01T00:00:00Z', startTime: '2026-01-01T00:00:05Z' };
    expect(foreignJobText({ ...job('1', 'processing'), startedBy: 'nightly', ...times })).toBe(
      'Job 1 of the same configuration is processing (started by "nightly" at 2026-01-01T00:00:00Z, running since 2026-01-01T00:00:05Z)',
    );
    expect(foreignJobText(job('1', 'waiting'))).toBe(
      'Job 1 of the same configuration is waiting (started by somebody else)',
    );
  });

  it('a name of any length in short', () => {
    expect(foreignJobText({ ...job('1', 'waiting'), startedBy: 'x'.repeat(900) }).length).toBeLessThan(300);
  });
});

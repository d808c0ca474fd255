import type { JobResult } from '../../src/job/result.js';

/** What is told of a job that has ended. */
export function endedJob(jobId: string, more: Partial<JobResult> = {}): JobResult {
  return {
    jobId,
    runId: jobId,
    status: 'success',
    outcome: 'finished',
    component: 'c',
    url: 'http://k/1',
    createdTime: '2026-01-15T10:30:12Z',
    polls: 1,
    adopted: false,
    ...more,
  };
}

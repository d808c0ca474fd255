import { expect, it } from 'vitest';
import { endOfStop } from '../../../src/cli/stop/cancel-one.js';
import { JobFailedError, PipelineCanceledError, PipelineFailedError } from '../../../src/client/errors.js';
import type { PipelineResult } from '../../../src/job/pipeline/result.js';
import { endedJob } from '../../support/ended-job.js';

const COURSE: PipelineResult = { name: 'nightly', rootRunId: '1', status: 'cancelled', phases: [] };
const JOB = endedJob('7', { status: 'terminated' });

it.each([
  ['pipeline', new PipelineFailedError('w', 'KillNotConfirmed', 'job 7 still runs', COURSE)],
  ['job', new JobFailedError('w', 'KillNotConfirmed', 'job 7 still runs', JOB)],
])('a %s that is not confirmed to have stopped is no end, although it names what it had', async (_kind, error) => {
  await expect(endOfStop(() => Promise.reject(error))).rejects.toBe(error);
});

it('a pipeline that failed before it could be stopped had finished first', async () => {
  const error = new PipelineFailedError('w', 'PipelineFailed', 'task "a" failed', COURSE);
  expect(await endOfStop(() => Promise.reject(error))).toEqual({ canceled: false, end: COURSE });
});

it('a pipeline that was stopped is told with its course', async () => {
  expect(await endOfStop(() => Promise.reject(new PipelineCanceledError('w', COURSE)))).toEqual({
    canceled: true,
    end: COURSE,
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PipelineJob } from '../../src/job/pipeline/input.js';
import { COMPONENT, ON_SYRUP, startElsewhere } from '../support/foreign-jobs.js';
import { pipeline, PipelineLab, tasksOf } from '../support/pipeline-lab.js';

const FOR_LONG = { durationSeconds: 72_000 };

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
  await lab.lab.sandbox.settings({ searchLagSeconds: 0 });
});
afterAll(() => lab.close());

const ours = (config: string, onForeignJob: PipelineJob['onForeignJob'] & string): PipelineJob => ({
  component: COMPONENT,
  config,
  onForeignJob,
  configData: { parameters: { sandbox: { durationSeconds: 1 } } },
});

describe.concurrent('a task of a pipeline beside a job of somebody else', () => {
  it('follows it where it is told to, and leaves it alone when its time is up', async () => {
    const jobId = await startElsewhere(lab.lab, ON_SYRUP, { config: 'followed', script: FOR_LONG });
    const follows = { id: 'follows', job: ours('followed', 'adopt'), retry: { attempts: 3, on: ['timeout' as const] } };
    const { result, timeoutSeconds } = await lab.stoppedByTimeout(
      (seconds) => pipeline([{ ...follows, timeout: `${seconds}s` }]),
      (handle) => lab.jobOf(handle, 'follows'),
    );
    const followed = tasksOf(result)['follows'];
    // Not tried again.
    expect(followed).not.toHaveProperty('attempts');
    expect(followed).toMatchObject({
      status: 'cancelled',
      left: { jobId, outcome: 'left-alone' },
      error: {
        type: 'TimedOut',
        message: `It exceeded its timeout (${timeoutSeconds} s); job ${jobId} was started by somebody else and is still running.`,
      },
    });
    expect(lab.lab.sandbox.counters.killsByJob[jobId]).toBeUndefined();
  });

  it('fails where it is told to, with what names it', async () => {
    const jobId = await startElsewhere(lab.lab, ON_SYRUP, { config: 'refused', script: FOR_LONG });
    const result = await lab.failedResultOf(pipeline([{ id: 'fails', job: ours('refused', 'fail') }]));
    const { error } = tasksOf(result)['fails'] ?? {};
    expect(error).toMatchObject({ type: 'ForeignJobRunning', message: expect.stringContaining(jobId) as string });
  });
});

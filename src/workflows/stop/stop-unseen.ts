import { JOB_ID } from '../../job/job-id.js';
import type { WaitForJobInput } from '../../job/wait/input.js';
import { durationText } from '../../job/text/time-text.js';
import { prepareWait } from '../activities.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { leaveUnseen } from '../keep-end-in-memo.js';
import { askForStop } from './ask-for-stop.js';
import { CONFIRM_MS_MAX } from './kill-and-confirm.js';

/**
 * What a wait does first if it is cancelled before it has seen its job, which runs all the same: it looks at the job,
 * so that the job can be stopped, or reports that it was left alone. Must run in a non-cancellable scope.
 *
 * @param input possibly not checked yet.
 * @throws ApplicationFailure `KillNotConfirmed` if Keboola does not show the job for 15 minutes; `InvalidInput`.
 */
export async function beforeStopUnseen(life: JobLife, input: WaitForJobInput): Promise<void> {
  const { jobId, onCancel } = named(input);
  if (jobId === undefined) return;
  if (onCancel === 'kill') await seeForStop(life, input, jobId);
  else leaveUnseen(life, jobId);
}

async function seeForStop(life: JobLife, input: WaitForJobInput, jobId: string): Promise<void> {
  life.enter('stopping');
  const answered = await askForStop(life, () => prepareWait(input, { isStorm: life.storm.isStorm }));
  if (!answered) {
    const silence = `Keboola did not show job ${jobId} for ${durationText(CONFIRM_MS_MAX)}, so it was not asked to stop`;
    throw failure('KillNotConfirmed', `${silence}; it may still be running.`, { jobId });
  }
  const { answer, askedMs } = answered;
  life.takePlan(answer.plan, askedMs);
  life.jobCreated(answer.job);
}

function named(input: unknown): { jobId?: string; onCancel?: unknown } {
  if (typeof input !== 'object' || input === null) return {};
  const { jobId, onCancel } = input as { jobId?: unknown; onCancel?: unknown };
  return { ...(typeof jobId === 'string' && JOB_ID.test(jobId) && { jobId }), onCancel };
}

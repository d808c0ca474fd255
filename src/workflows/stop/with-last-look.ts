import { ApplicationFailure, ContinueAsNew, isCancellation, type TemporalFailure } from '@temporalio/workflow';
import { asSentence } from '../../job/text/as-sentence.js';
import { closingFailure, failure, saysThatAJobMayRun, typeOrName } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { detailsOf } from './failures-of.js';
import type { LateJobs } from './late-jobs.js';
import { isUnknown } from './stop-late-jobs.js';

/**
 * Runs what may leave late jobs behind, and then looks for them once more: the next attempt of a retry would not know of
 * them. A cancel looks for them itself.
 *
 * @throws what `run` throws. If late jobs may still run, its message and its details name them, and it is replaced by
 * `KillNotConfirmed`, unless it says anyway that a job may run.
 */
export async function withLastLook<Result>(
  life: JobLife,
  lateJobs: LateJobs,
  run: () => Promise<Result>,
): Promise<Result> {
  let result: Result;
  try {
    result = await run();
  } catch (error) {
    if (error instanceof ContinueAsNew || isCancellation(error)) throw error;
    throw await lastWord(life, lateJobs, closingFailure(error));
  }
  const unstopped = await lateJobs.lookLast();
  // A cancel that came during the look takes the time to stop them.
  if (unstopped.length > 0) await life.rethrowCancellation();
  return result;
}

async function lastWord(life: JobLife, lateJobs: LateJobs, closing: TemporalFailure): Promise<TemporalFailure> {
  if (life.state.givenUp.length === 0) return closing;
  const unstopped = await lateJobs.lookLast();
  const mayFollow = mayBeTriedAgain(closing);
  // A cancel that came during the look takes the time to stop them, and nothing may follow it.
  if (mayFollow || (unstopped.length > 0 && !saysThatAJobMayRun(closing))) await life.rethrowCancellation();
  const counted = mayFollow ? unstopped : unstopped.filter((failed) => !isUnknown(failed));
  return counted.length > 0 ? beside(counted, closing) : closing;
}

/** By an author's retry policy, or by a pipeline, which may run a task again after a warning. */
function mayBeTriedAgain(closing: TemporalFailure): boolean {
  return !(closing instanceof ApplicationFailure) || closing.nonRetryable !== true || closing.type === 'JobWarning';
}

function beside(unstopped: readonly TemporalFailure[], closing: TemporalFailure): TemporalFailure {
  const late = unstopped.map(({ message }) => message);
  const details = unstopped.flatMap(detailsOf);
  const { message } = closing;
  if (saysThatAJobMayRun(closing)) {
    return failure(closing.type, [asSentence(message), ...late].join(' '), ...detailsOf(closing), ...details);
  }
  const replaced = asSentence(`${typeOrName(closing)}: ${message}`);
  return failure('KillNotConfirmed', [replaced, ...late].join(' '), ...details, ...detailsOf(closing));
}

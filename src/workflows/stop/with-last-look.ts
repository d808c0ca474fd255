import { ApplicationFailure, ContinueAsNew, isCancellation, type TemporalFailure } from '@temporalio/workflow';
import { isFailureType } from '../../job/failure/failure-types.js';
import { asSentence } from '../../job/text/as-sentence.js';
import { closingFailure, failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { detailsOf } from './failures-of.js';
import type { LateJobs } from './late-jobs.js';

/**
 * Runs what may leave late jobs behind, and then looks for them once more: the next attempt of a retry would not know of
 * them. A cancel looks for them itself.
 *
 * @throws what `run` throws. If late jobs may still run, its message names them; and if it says that no job runs, it is
 * replaced by `KillNotConfirmed`.
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
    throw beside(await lateJobs.lookLast(), closingFailure(error), life.state.created !== undefined);
  }
  await lateJobs.lookLast();
  return result;
}

function beside(unstopped: readonly TemporalFailure[], closing: TemporalFailure, isCreated: boolean): TemporalFailure {
  if (unstopped.length === 0) return closing;
  const named = unstopped.map(({ message }) => message);
  const { message } = closing;
  const details = detailsOf(closing);
  const type = closing instanceof ApplicationFailure && isFailureType(closing.type) ? closing.type : 'InternalError';
  if (!saysThatNoneRuns(closing, isCreated))
    return failure(type, [asSentence(message), ...named].join(' '), ...details);
  const words = [asSentence(`${type}: ${message}`), ...named].join(' ');
  return failure('KillNotConfirmed', words, ...unstopped.flatMap(detailsOf), ...details);
}

/** Whether a failure lets a retry follow, or tells people that no job was made. */
function saysThatNoneRuns(closing: TemporalFailure, isCreated: boolean): boolean {
  if (!(closing instanceof ApplicationFailure) || closing.nonRetryable !== true) return true;
  return !isCreated && closing.type !== 'CreateAmbiguous';
}

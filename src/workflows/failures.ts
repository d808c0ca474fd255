import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  TemporalFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import { ApplicationFailureCategory } from '@temporalio/common';
import { failureOptions } from '../job/failure/failure.js';
import { isFailureType, type FailureType } from '../job/failure/failure-types.js';
import { ASK_AGAIN } from '../job/messages.js';

/** A typed failure of a workflow, from the closed list; a plain `Error` would fail the workflow task for ever. */
export function failure(type: FailureType, message: string, ...details: unknown[]): ApplicationFailure {
  return ApplicationFailure.create(failureOptions(type, message, details));
}

/** Answers an update that still waits when the workflow continues as new. It is no failure of the workflow. */
export function askAgain(): ApplicationFailure {
  const message = 'The workflow continued as new. Send the request again, without a Temporal run id.';
  return ApplicationFailure.create({ type: ASK_AGAIN, message, category: ApplicationFailureCategory.BENIGN });
}

/** The failure that the workflow closes with: an activity's own typed failure, not "activity task failed". */
export function closingFailure(error: unknown): TemporalFailure {
  const cause = error instanceof TemporalFailure ? (error.cause ?? error) : error;
  if (cause instanceof ApplicationFailure && isFailureType(cause.type)) {
    return failure(cause.type, cause.message, ...(cause.details ?? []));
  }
  if (cause instanceof TimeoutFailure) {
    return failure('KeboolaUnreachable', `Neither a worker nor Keboola answered in time: ${cause.message}`);
  }
  if (error instanceof ActivityFailure && !(cause instanceof CancelledFailure)) {
    return failure('InternalError', reasonOf(error));
  }
  if (error instanceof TemporalFailure) return error;
  return failure('InternalError', error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}

/** Its own type, or what kind of failure of Temporal it is. */
export function typeOrName(closing: TemporalFailure): string {
  return (closing instanceof ApplicationFailure && closing.type) || closing.name;
}

export function saysThatAJobMayRun(closing: TemporalFailure): closing is TemporalFailure & { type: FailureType } {
  if (!(closing instanceof ApplicationFailure)) return false;
  return closing.type === 'CreateAmbiguous' || closing.type === 'KillNotConfirmed';
}

/** Why something failed, for people; an activity's failure says it in its cause. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

import { ActivityFailure, CancellationScope, TimeoutFailure } from '@temporalio/workflow';
import type { CreateOrigin, CreateOutcome } from '../../job/create/creation.js';
import { saysSending } from '../../job/create/sending.js';
import { isUnreadInput } from '../../job/failure/undecoded.js';
import type { Creation } from './creation-attempt.js';
import { reasonOf } from '../failures.js';

/**
 * Orders one creating POST and waits for its outcome, whatever happens to the workflow meanwhile. A non-cancellable
 * scope runs even in a workflow that is already cancelled, hence the check before it.
 */
export async function postOnce(creation: Creation, origin: CreateOrigin): Promise<CreateOutcome> {
  if (CancellationScope.current().consideredCancelled) await CancellationScope.current().cancelRequested;
  try {
    return await CancellationScope.nonCancellable(() => creation.post(origin, creation.summary));
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return outcomeOfLostActivity(error);
  }
}

/** The activity writes a durable mark right before it sends the POST; without that mark nothing was sent. */
function outcomeOfLostActivity(lost: ActivityFailure): CreateOutcome {
  const { cause } = lost;
  if (isUnreadInput(cause)) return { kind: 'not-sent', message: reasonOf(lost) };
  if (!(cause instanceof TimeoutFailure)) return { kind: 'unknown', message: reasonOf(lost) };
  if (saysSending(cause.lastHeartbeatDetails)) {
    return { kind: 'unknown', message: 'the worker was lost while it sent the request' };
  }
  return { kind: 'not-sent', message: 'the worker was lost before it sent the request' };
}

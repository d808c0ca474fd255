import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { BrokenGzip } from '../../input/storage/broken-gzip.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { StoreRefused } from '../../input/storage/store-refused.js';
import { failure, toFailure } from '../failures.js';
import { notYet } from '../not-yet.js';

/**
 * A proxy's error page in place of an answer is temporary. An address that is not a Keboola is not, nor are credentials
 * that expire at once. Temporal counts all attempts of the activity, including those that ended otherwise, e.g. with
 * their worker.
 */
const PROTOCOL_ERRORS_MAX = 5;
/** How often a missing or undecodable file is fetched: either may be a blip. */
const FETCHES_MAX = 3;
const NOT_FOUND = 404;
const PERHAPS_GONE = ' The store may give the same answer for a file that is gone: export the table again.';

/** What an activity on files and tables throws: no job was asked for yet, or it is done, so a bad answer may pass. */
export function toStorageFailure(error: unknown): unknown {
  const mayPass = error instanceof StoreRefused || (error instanceof KeboolaError && error.kind === 'protocol');
  if (!mayPass) return toFailure(error);
  if (activityInfo().attempt < PROTOCOL_ERRORS_MAX) {
    return ApplicationFailure.retryable(error.message, 'KeboolaUnreachable', error.facts);
  }
  return error instanceof StoreRefused ? refusedByStore(error) : toFailure(error);
}

/** Each attempt that got this far had credentials of its own, as fresh as can be, so fresher ones would not help. */
function refusedByStore({ message, facts }: StoreRefused): Error {
  const next = facts.method === 'GET' ? PERHAPS_GONE : '';
  return failure('ProtocolError', `T${message.slice(1)}.${next}`, facts);
}

/**
 * Handles a failed download. A file that is broken, or that is gone as a whole or in one slice, stays so however often
 * it is requested.
 *
 * @throws ApplicationFailure, as `notYet`; also `ProtocolError`.
 */
export function downloadFailed(error: unknown, fileId: string): NoAnswer {
  if (error instanceof BrokenGzip) throw lasting(`File ${fileId} of Storage is damaged: ${error.message}.`, error);
  if (isGone(error)) throw lasting(`The exported file no longer exists: ${error.message}.`, error);
  return notYet(error, toStorageFailure);
}

function isGone(error: unknown): error is KeboolaError | StoreRefused {
  if (error instanceof StoreRefused) return error.facts.storeStatus === NOT_FOUND;
  return error instanceof KeboolaError && error.facts.status === NOT_FOUND;
}

function lasting(what: string, error: Error): Error {
  if (activityInfo().attempt < FETCHES_MAX) return ApplicationFailure.retryable(error.message, 'KeboolaUnreachable');
  const details = error instanceof KeboolaError || error instanceof StoreRefused ? [error.facts] : [];
  return failure('ProtocolError', `${what} Export the table again.`, ...details);
}

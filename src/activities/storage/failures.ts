import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { BrokenGzip } from '../../input/storage/broken-gzip.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { StoreRefused } from '../../input/storage/store-refused.js';
import { failure, toFailure } from '../failures.js';
import { notYet } from '../not-yet.js';

/**
 * A proxy's page in place of an answer passes; an address that is no Keboola's does not, nor do credentials that end at once.
 * Temporal counts all attempts of the activity, also those that ended otherwise, such as with their worker.
 */
const PROTOCOL_ERRORS_MAX = 5;
/** So often a file is fetched that is not there, or that cannot be unpacked: either may be a blip. */
const FETCHES_MAX = 3;
const NOT_FOUND = 404;

/** What an activity about files and tables throws: nothing was asked for yet, or all is done, so a bad answer may pass. */
export function toStorageFailure(error: unknown): unknown {
  const mayPass = error instanceof StoreRefused || (error instanceof KeboolaError && error.kind === 'protocol');
  if (!mayPass) return toFailure(error);
  if (activityInfo().attempt < PROTOCOL_ERRORS_MAX) {
    return ApplicationFailure.retryable(error.message, 'KeboolaUnreachable', error.facts);
  }
  return error instanceof StoreRefused ? refusedByStore(error) : toFailure(error);
}

/** Each attempt that came as far has had credentials of its own, which were as fresh as they can be. */
function refusedByStore({ message, facts }: StoreRefused): Error {
  const next = facts.method === 'GET' ? ' What is gone may be answered so, too: export the table again.' : '';
  return failure('ProtocolError', `T${message.slice(1)}.${next}`, facts);
}

/**
 * What an activity makes of a download that failed: a file that is gone, as a whole or a slice of it, and one that is broken
 * stay so, however patiently they are asked for.
 *
 * @throws ApplicationFailure, as `notYet`; also `ProtocolError`.
 */
export function downloadFailed(error: unknown, fileId: string): NoAnswer {
  if (error instanceof BrokenGzip) throw lasting(`File ${fileId} of Storage is damaged: ${error.message}.`, error);
  if (isGone(error)) throw lasting(`The file of the export is not there any more: ${error.message}.`, error);
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

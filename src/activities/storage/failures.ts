import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { toFailure } from '../failures.js';

/** A proxy's page in place of an answer passes; an address that is no Keboola's does not. */
const PROTOCOL_ERRORS_MAX = 5;

/** What an activity about files and tables throws: nothing was asked for yet, or all is done, so a bad answer may pass. */
export function toStorageFailure(error: unknown): unknown {
  const mayPass = error instanceof KeboolaError && error.kind === 'protocol';
  if (!mayPass || activityInfo().attempt >= PROTOCOL_ERRORS_MAX) return toFailure(error);
  return ApplicationFailure.retryable(error.message, 'KeboolaUnreachable', error.facts);
}

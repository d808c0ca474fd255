import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { OtherProject, UnknownConnection } from '../../keboola/connection/errors.js';

/**
 * The failure of a watch whose worker cannot reach the project at all. It is retryable, because another worker may
 * reach it.
 *
 * @returns undefined for any other error, since that is temporary.
 */
export function notOurs(error: unknown): ApplicationFailure | undefined {
  if (!(error instanceof UnknownConnection || error instanceof OtherProject)) return undefined;
  const message = `This worker cannot watch the project; another one may: ${error.message}`;
  return ApplicationFailure.create({ type: 'NotOurProject', message, category: ApplicationFailureCategory.BENIGN });
}

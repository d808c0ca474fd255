import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { OtherProject, UnknownConnection } from '../../keboola/connection/errors.js';

/**
 * What a watch fails with where its worker cannot reach the project at all: another one may, so that it is to be tried again.
 *
 * @returns undefined for any other error, which passes.
 */
export function notOurs(error: unknown): ApplicationFailure | undefined {
  if (!(error instanceof UnknownConnection || error instanceof OtherProject)) return undefined;
  const message = `This worker cannot watch the project; another one may: ${error.message}`;
  return ApplicationFailure.create({ type: 'NotOurProject', message, category: ApplicationFailureCategory.BENIGN });
}

import type { ApplicationFailureOptions } from '@temporalio/common';
import { ApplicationFailureCategory } from '@temporalio/common';
import { wellFormed } from '../text/well-formed.js';
import { FAILURE_TYPES, type FailureType } from './failure-types.js';

/** How activities and workflows alike write a failure of our closed list into history. */
export function failureOptions(type: FailureType, message: string, details: unknown[]): ApplicationFailureOptions {
  const { retryable, benign } = FAILURE_TYPES[type];
  return {
    type,
    message: wellFormed(message),
    details: wellFormed(details),
    nonRetryable: !retryable,
    ...(benign && { category: ApplicationFailureCategory.BENIGN }),
  };
}

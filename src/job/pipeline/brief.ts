import { boundResult } from '../bound-result.js';
import type { JobResult } from '../result.js';
import type { StorageTaskResult } from '../storage/result.js';
import { cut } from '../text/well-formed.js';

/** What is kept of a result that is one of many. */
export const BRIEF_RESULT_BYTES_MAX = 2 * 1024;
const MESSAGE_LENGTH_MAX = 1_000;

/** Shortens a job view or a result that is reported together with many others. */
export function brief<T extends Pick<JobResult, 'result' | 'truncated' | 'message' | 'log' | 'details'>>(job: T): T {
  const { result, message, log: _log, details: _details, ...rest } = job;
  return {
    ...(rest as T),
    ...(message !== undefined && { message: briefMessage(message) }),
    ...boundResult(result, BRIEF_RESULT_BYTES_MAX),
  };
}

/** Shortens the result of a Storage call in the same way. */
export function briefStorage<T extends StorageTaskResult>(told: T): T {
  const { results, ...rest } = told;
  const { result, truncated } = boundResult(results, BRIEF_RESULT_BYTES_MAX);
  return { ...(rest as T), ...(result !== undefined && { results: result }), ...(truncated && { truncated }) };
}

export function briefMessage(message: string): string {
  return cut(message, MESSAGE_LENGTH_MAX);
}

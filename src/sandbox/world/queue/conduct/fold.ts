import type { JsonObject } from '../../../json.js';
import type { JobFacts, JobStatus } from '../../job-record.js';

type Outcome = Pick<JobFacts, 'status' | 'error' | 'result'>;

/** The end of a container: the worst of the ends below it. A killed child counts as failed. */
export function fold(ends: readonly JobStatus[], result: JsonObject = {}): Outcome {
  const failed = ends.filter((status) => !isGood(status)).length;
  if (failed > 0) return outcome('error', { message: `${failed} of ${ends.length} child jobs failed.`, ...result });
  const isMixed = ends.includes('warning');
  return outcome(isMixed ? 'warning' : 'success', { message: 'Component processing finished.', ...result });
}

export function outcome(status: 'success' | 'warning' | 'error', result: JsonObject): Outcome {
  return { status, error: status === 'error' ? 'user' : null, result };
}

export function isGood(status: JobStatus): boolean {
  return status === 'success' || status === 'warning';
}

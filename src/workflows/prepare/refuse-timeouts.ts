import { timeoutProblems } from '../../job/wait/timeouts.js';
import { failure } from '../failures.js';

/** Refuses a wrong update of the timeouts. A validator answers at once, and leaves no trace in history. */
export function refuseBadTimeouts(given: unknown): void {
  const problems = timeoutProblems(given);
  if (problems.length > 0) throw failure('InvalidInput', problems.join('; '));
}

/** Refuses every update of the timeouts: the job cannot be stopped. */
export function refuseTimeouts(): void {
  throw failure('InvalidInput', 'Keboola cannot stop a job of this kind, so its time cannot be limited');
}

import { joinRunId } from '../run-id.js';
import { hash64 } from '../text/hash.js';

/**
 * The fence: a run-id segment that one attempt to create a job carries, so that the job can be found again if the
 * answer to its creation is lost.
 *
 * It must be the same on every replay and after a workflow reset, so it is a hash of values that survive both. It must
 * not clash with ids that Keboola hands out either: those are tickets of at most ten digits today, so fifteen digits
 * that start with 9 stay above them for a long time and still below 2^53.
 */
const DIGITS = 14;
const FENCE = /^9\d{14}$/;

/** @returns fifteen digits, the first of which is 9. */
export function fenceFor(originalExecutionRunId: string, attempt: number): string {
  const [high, low] = hash64(`${originalExecutionRunId}/${attempt}`);
  // 21 bits of one half and 32 of the other make 53, the most that a number holds exactly.
  const number = (high & 0x1fffff) * 2 ** 32 + low;
  return '9' + String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The run id that one creation sends: a segment of its own below the parent run id that the author has given. */
export function sentRunId(parentRunId: string | undefined, { fenceSeed, attempt }: Attempt): string {
  return joinRunId(parentRunId, fenceFor(fenceSeed, attempt));
}

/** Identifies one of a workflow's creations: `fenceSeed` is the id of its first run, and `attempt` counts from 1. */
interface Attempt {
  fenceSeed: string;
  attempt: number;
}

/** The fences of a workflow's first creations. */
export function fencesUpTo(fenceSeed: string, attempts: number): string[] {
  return Array.from({ length: attempts }, (_, at) => fenceFor(fenceSeed, at + 1));
}

/** Whether a segment of a run id is a fence. */
export function isFence(segment: string): boolean {
  return FENCE.test(segment);
}

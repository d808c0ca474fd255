import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { failure } from '../../failures.js';
import { asSentence } from '../../../job/text/as-sentence.js';

/** For about five minutes the operator may make room; then the author of the workflow has to act. */
const FULL_MAX = 10;
/** Far more activities than a worker runs at once; the oldest counts are forgotten. */
const COUNTED_MAX = 1_000;
/** A limit of the process or of the file system: no waiting makes room for such a file. */
const TOO_LARGE = 'EFBIG';

/** The disk takes no more of a file; the part already written has been deleted. */
export class FullDisk extends Error {
  override readonly name = 'FullDisk';

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** How often each activity has met a full disk here; Temporal's attempt number counts other failures, too. */
const met = new Map<string, number>();

/** @returns what an activity throws: a retryable error while the operator may still make room. */
export function fullDiskFailure({ message, code }: FullDisk, field: string, next: string): Error {
  const times = code === TOO_LARGE ? FULL_MAX : countOf(keyOfActivity());
  if (times < FULL_MAX) return ApplicationFailure.retryable(message, 'FullDisk');
  met.delete(keyOfActivity());
  return failure('InvalidInput', `${field}: ${asSentence(message)} ${next}`);
}

function countOf(key: string): number {
  const times = (met.get(key) ?? 0) + 1;
  met.delete(key);
  met.set(key, times);
  const [oldest] = met.keys();
  if (met.size > COUNTED_MAX && oldest !== undefined) met.delete(oldest);
  return times;
}

function keyOfActivity(): string {
  const { workflowExecution, activityId } = activityInfo();
  return `${workflowExecution?.runId ?? ''}/${activityId}`;
}

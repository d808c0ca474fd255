import type { CapacityAnswer } from '../../job/create/creation.js';
import type { CapacityRequest } from '../../job/remote-steps.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { isFromReset, SEARCH_FIRST } from './is-from-reset.js';
import { toNoAnswer } from '../failures.js';

/**
 * Asks whether the project may run one more job, and reserves a place for it. This is an activity of its own because
 * the answer may be "no" for days, and a creating activity carries the whole configuration in its input.
 */
export async function reserveCapacity(
  deps: ActivityDeps,
  { runId, parentRunId, origin, ...place }: CapacityRequest,
): Promise<CapacityAnswer> {
  // The job that a run before a reset has made would be counted as one that takes its room.
  if (isFromReset(origin)) return SEARCH_FIRST;
  try {
    return await (await keboolaOf(deps, place)).parallelLimit.reserve(runId, parentRunId);
  } catch (error) {
    return toNoAnswer(error);
  }
}

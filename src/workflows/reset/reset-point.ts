import { patched } from '@temporalio/workflow';
import { ourMark } from '../../job/life/patch-marks.js';

/**
 * Where a workflow asks. A pipeline: before a phase, and before it closes. A job: before it deletes a file, and before
 * it follows a foreign job, goes on or closes without having looked for its own. The run that has looked last is part
 * of that place, because a reset of a reset must look again.
 */
export type Place = { phase: number } | 'close' | 'file' | UnsearchedPlace;
export interface UnsearchedPlace {
  before: 'foreign jobs' | 'later creations' | 'close';
  searchedInRun: string | undefined;
}

/**
 * The point to which a workflow was reset. Up to there the history is that of the run that was given up, and is only
 * replayed.
 *
 * Only `patched` tells where that part ends. It answers "not in replay, or marked before". So it is false while the
 * history of the old run is replayed, and true at the first pass of a place that this history does not know. There it
 * writes the marker by which each later replay knows the place. Such a marker must never be removed, nor its id be
 * changed, while any history has it. Here `patched` never means a version of the code, and the worker lets no
 * `patchActivationCallback` of an author decide about it (`src/worker/patch-activation.ts`).
 */
export class ResetPoint {
  /** @param wasReset a reset made this run, or one before it in its chain; without a reset no marker is written. */
  constructor(private readonly wasReset: boolean) {}

  /** Whether a workflow that was reset is past its reset point when it comes to this place. */
  isPassed(place: Place): boolean {
    return this.wasReset && patched(ourMark(`reset, ${nameOf(place)}`));
  }
}

function nameOf(place: Place): string {
  if (typeof place === 'string') return place;
  if ('before' in place) return `${place.before}, searched in ${place.searchedInRun ?? 'no run'}`;
  return `phase ${place.phase}`;
}

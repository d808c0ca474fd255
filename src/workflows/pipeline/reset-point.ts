import { patched } from '@temporalio/workflow';

/** Where in a pipeline it is asked: before a phase, as a task's workflow is to be cancelled, or before the pipeline closes. */
export type Place = { phase: number } | { cancelOf: string } | 'close';

/**
 * The point to which a pipeline was reset. The history up to there is that of the run that was given up, and is only repeated.
 *
 * Nothing but `patched` tells where that ends. It says "not in replay, or marked before": so it is false where the history
 * of the run that was given up is repeated, and true at the first pass of a place that this history does not know, which
 * writes the marker by which each replay knows it again. Such a marker can never be removed, nor its id be changed, as long
 * as there is a history that has it. Here `patched` never means a version of the code.
 */
export class ResetPoint {
  /** @param wasReset this run, or one of its chain before; without a reset no marker is written. */
  constructor(private readonly wasReset: boolean) {}

  /** Whether a pipeline that was reset has come past that point as it comes to this place. */
  isPassed(place: Place): boolean {
    return this.wasReset && patched(`reset: ${nameOf(place)}`);
  }
}

function nameOf(place: Place): string {
  if (place === 'close') return place;
  return 'phase' in place ? `phase ${place.phase}` : `cancel ${place.cancelOf}`;
}

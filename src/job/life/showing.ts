import type { LifeState } from '../life-state.js';
import type { JobSnapshot, JobStage } from '../messages.js';
import type { SearchAttributeAnswer, SearchAttributeValues } from '../search-attributes.js';
import { descendantsSeen, type DescendantsState } from '../tree/descendants-state.js';
import type { Descendants } from '../tree/descendants.js';
import type { Writable } from './writable.js';

type Shown = Writable<JobSnapshot>;

/** The workflow enters another stage. */
export function enterStage(state: Writable<LifeState>, stage: JobStage): void {
  // An interrupted wait had announced a look that is not taken.
  const { nextPollTime: _next, watched: _watched, ...snapshot } = state.snapshot;
  state.snapshot = { ...snapshot, stage };
}

/** What the workflow waits for, for people; undefined if there is nothing that people need to know. */
export function takeNote({ snapshot }: LifeState, note: string | undefined): void {
  const shown: Shown = snapshot;
  if (note === undefined) delete shown.note;
  else shown.note = note;
}

/** When the next look is due, and whether a watcher is relied on until then to report the end. */
export function announceLook({ snapshot }: LifeState, dueMs: number, isWatched: boolean): void {
  const shown: Shown = snapshot;
  shown.nextPollTime = new Date(dueMs).toISOString();
  if (isWatched) shown.watched = true;
}

/** The announced look is taken. */
export function lookIsDue({ snapshot }: LifeState): void {
  const shown: Shown = snapshot;
  delete shown.nextPollTime;
  delete shown.watched;
}

/** Counts a look; -1 takes back one that was counted but not taken. */
export function countLooks({ snapshot }: LifeState, looks: 1 | -1): void {
  const shown: Shown = snapshot;
  shown.polls += looks;
}

/** What the search attributes hold now. */
export function takePublished(state: Writable<LifeState>, published: SearchAttributeValues): void {
  state.published = published;
}

/** Whether the search attributes may be written. */
export function takeWritable(state: Writable<LifeState>, answer: SearchAttributeAnswer): void {
  state.searchAttributes = answer;
}

/**
 * What a look has shown of the jobs below ours.
 *
 * @param chosen the state to keep, after the children that get a workflow were chosen.
 */
export function takeDescendants(state: Writable<LifeState>, chosen: DescendantsState, seen: Descendants): void {
  const shown: Shown = state.snapshot;
  state.descendants = descendantsSeen(chosen, seen);
  const { jobs, counts, digest } = state.descendants;
  if (jobs > 0) shown.children = { jobs, counts, ...(digest !== undefined && { digest }) };
}

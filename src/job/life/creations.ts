import type { LifeState } from '../life-state.js';
import type { JobSnapshot } from '../messages.js';
import type { Writable } from './writable.js';

/** The job of this creation cannot be found, and another one is to take its place; it may come late. */
export function giveUp(state: Writable<LifeState>, sentRunId: string): void {
  expectAnother(state, sentRunId);
  nextAttempt(state);
}

/** This creation has made no job for certain, and is sent again as it was; a job of it that comes all the same is a second one. */
export function postInVain(state: Writable<LifeState>, sentRunId: string, keboolaFailed: boolean): void {
  expectAnother(state, sentRunId);
  if (keboolaFailed) state.postsInVain = (state.postsInVain ?? 0) + 1;
}

/** Beside the job that is waited for, this creation has made another one or may have; it is looked for and stopped. */
export function expectAnother(state: Writable<LifeState>, sentRunId: string): void {
  if (!state.givenUp.includes(sentRunId)) state.givenUp = [...state.givenUp, sentRunId];
}

/** The job of this creation has come after all, and is the one that is waited for. */
export function expectNoOther(state: Writable<LifeState>, sentRunId: string): void {
  state.givenUp = state.givenUp.filter((given) => given !== sentRunId);
}

/** The job came to nothing without having run, and another one takes its place. */
export function forgetJob(state: Writable<LifeState>): void {
  const snapshot: Writable<JobSnapshot> = state.snapshot;
  delete state.created;
  delete snapshot.job;
  delete snapshot.url;
  delete snapshot.page;
  nextAttempt(state);
}

function nextAttempt(state: Writable<LifeState>): void {
  state.attempt += 1;
  delete state.postsInVain;
}

/** Jobs of somebody else are waited for before ours is created. */
export function foreignSeen(state: Writable<LifeState>, jobs: readonly { jobId: string }[]): void {
  state.foreignJobs = { seen: jobs.map(({ jobId }) => jobId) };
}

/** No job of somebody else is waited for any more: from now on ours may be sent. */
export function foreignDecided(state: Writable<LifeState>): void {
  state.foreignJobs = { seen: [], decided: true };
}

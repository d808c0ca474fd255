import type { LifeState } from '../life-state.js';
import type { JobSnapshot } from '../messages.js';
import type { Writable } from './writable.js';

/** The job of this creation cannot be found, and another one is to take its place; the first may still appear late. */
export function giveUp(state: Writable<LifeState>, sentRunId: string): void {
  expectAnother(state, sentRunId);
  nextAttempt(state);
}

/**
 * This creation certainly made no job, and the same POST is sent again. A job of it that appears after all is a second
 * one.
 */
export function postInVain(state: Writable<LifeState>, sentRunId: string, keboolaFailed: boolean): void {
  expectAnother(state, sentRunId);
  if (keboolaFailed) state.postsInVain = (state.postsInVain ?? 0) + 1;
}

/**
 * This creation has made, or may have made, a job beside the one that is waited for; that job is searched for and
 * stopped.
 */
export function expectAnother(state: Writable<LifeState>, sentRunId: string): void {
  if (!state.givenUp.includes(sentRunId)) state.givenUp = [...state.givenUp, sentRunId];
}

/** The job of this creation has appeared after all, and is the one that is waited for. */
export function expectNoOther(state: Writable<LifeState>, sentRunId: string): void {
  state.givenUp = state.givenUp.filter((given) => given !== sentRunId);
}

/** The run before a reset had given up its earlier creations, and the job of this one counts. */
export function takeUpAttempt(state: Writable<LifeState>, attempt: number): void {
  state.attempt = attempt;
}

/** The job ended without having run, and another one takes its place. */
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

/** Foreign jobs are waited for before ours is created. */
export function foreignSeen(state: Writable<LifeState>, jobs: readonly { jobId: string }[]): void {
  state.foreignJobs = { ...state.foreignJobs, seen: jobs.map(({ jobId }) => jobId) };
}

/** After a reset our own job was searched for, and there is none. */
export function ownSearched(state: Writable<LifeState>): void {
  state.foreignJobs = { seen: [], ...state.foreignJobs, searched: true };
}

/** No foreign job is waited for any more: from now on ours may be sent. */
export function foreignDecided(state: Writable<LifeState>): void {
  state.foreignJobs = { seen: [], decided: true };
}

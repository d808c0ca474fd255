import { ApplicationFailure, ContinueAsNew, isCancellation, type TemporalFailure } from '@temporalio/workflow';
import { sentRunId } from '../job/create/fence.js';
import type { NoAnswer } from '../job/failure/no-answer.js';
import type { RunPlan } from '../job/run-plan.js';
import { isFailureType } from '../job/failure/failure-types.js';
import { asSentence } from '../job/text/as-sentence.js';
import { ambiguous } from './create/ambiguous.js';
import type { Sought } from './create/find-lost-job.js';
import { BEFORE_CLOSING } from './create/search-window.js';
import { closingFailure, failure, saysThatAJobMayRun, typeOrName } from './failures.js';
import type { JobLife } from './job-life.js';
import { askForStop } from './stop/ask-for-stop.js';
import { findFormerJob, mustLookForFormerJob } from './create/former-job.js';

const REASON = 'the workflow was reset';

/** How to come by what a search needs. */
interface HowToSeek {
  /** Asks for the plan, which a workflow that is cancelled early lacks. Absent if that cannot be asked for. */
  ask?: () => Promise<RunPlan | NoAnswer>;
  /** Called only once there is a plan. */
  sought: () => Sought;
}

/**
 * What a cancel does first in a workflow that was reset, and that has not come to look for the job of the run before: it
 * looks now, so that the job is stopped. Must run in a non-cancellable scope.
 *
 * @throws ApplicationFailure `CreateAmbiguous` if the search cannot tell.
 */
export async function beforeStopAfterReset(life: JobLife, { ask, sought }: HowToSeek): Promise<void> {
  if (!mustLookForFormerJob(life, 'close')) return;
  if (!life.state.plan && ask) await askForPlan(life, ask);
  life.enter('stopping');
  if (!life.state.plan) throw ambiguous(unplanned(life), `${REASON}, and canceled before its input was checked`);
  const creation = sought();
  const end = await findFormerJob(life, creation, REASON, BEFORE_CLOSING);
  if (end.kind === 'found') life.jobCreated(end.job, end.runId);
}

/**
 * Runs the workflow of a job that we create. If it fails after a reset without having looked for the job of the run
 * before, it looks now. It goes on with the job that it finds, because a retry would make a second one.
 *
 * @throws what `run` throws; `CreateAmbiguous` instead if the search cannot tell.
 */
export async function orFormerJob<Result>(
  life: JobLife,
  sought: () => Sought,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ContinueAsNew || isCancellation(error)) throw error;
    if (!mustLookForFormerJob(life, 'close')) throw error;
    await takeUpFormerJob(life, sought, error);
    // There is a job now, so this only waits for its end.
    return await run();
  }
}

/** @throws the error if there is no such job; a failure that says so if there may be one. */
async function takeUpFormerJob(life: JobLife, sought: () => Sought, error: unknown): Promise<void> {
  const closing = closingFailure(error);
  if (saysThatAJobMayRun(closing)) throw error;
  if (!life.state.plan) throw unplannedFailure(life, closing);
  const ended = `${REASON}, and then failed. ${typeOrName(closing)}: ${closing.message}`;
  const creation = sought();
  const end = await findFormerJob(life, creation, ended, BEFORE_CLOSING);
  if (end.kind === 'absent') throw error;
  if (end.kind === 'unclear') throw ambiguous(creation, ended, end);
  life.jobCreated(end.job, end.runId);
}

/** What is refused for good was most likely refused before the reset as well, so the refusal keeps its type. */
function unplannedFailure(life: JobLife, closing: TemporalFailure): Error {
  const lost = unplanned(life);
  const { message } = closing;
  const type = closing instanceof ApplicationFailure && closing.nonRetryable ? closing.type : undefined;
  if (!isFailureType(type)) return ambiguous(lost, `${REASON}, and then failed. ${message}`);
  const look = `The workflow was reset. Look in Keboola for ${lost.trace}: it may still be running.`;
  return failure(type, `${asSentence(message)} ${look}`, { runId: lost.runId });
}

/** Without a plan it is not known how the job would have been created. */
function unplanned({ state }: JobLife): Parameters<typeof ambiguous>[0] {
  const runId = sentRunId(undefined, state);
  const trace = `the job of the run before the reset (its run id contains "${runId}", if it was created with one)`;
  return { runId, trace, isUnsearched: true };
}

async function askForPlan(life: JobLife, ask: () => Promise<RunPlan | NoAnswer>): Promise<void> {
  try {
    const answered = await askForStop(life, ask);
    if (answered) life.takePlan(answered.answer, answered.askedMs);
  } catch (error) {
    throw unplannedFailure(life, closingFailure(error));
  }
}

import { CancellationScope } from '@temporalio/workflow';
import type { CapacityAnswer, CreateOrigin, CreateOutcome, CreatedJob } from '../../job/create/creation.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { delayBesideMs } from '../../job/wait/poll-schedule.js';
import type { Creation } from './creation-attempt.js';
import { reserveCapacity } from '../activities.js';
import { failure } from '../failures.js';
import { findLostJob } from './find-lost-job.js';
import { AFTER_RESET } from './search-window.js';
import type { JobLife } from '../job-life.js';
import { orNoAnswer } from '../or-no-answer.js';
import { waitOut, type Later } from '../wait/ask-until-answered.js';
import { postOnce } from './post-once.js';

/** Keboola says 400 also when its own Storage failed for a moment, so such a refusal is believed the third time. */
const REFUSALS_MAX = 3;
const REFUSAL_DELAY_MS = 5_000;
const WAITS = 'Wait for room in the project';
const ASK_AGAIN = 'Ask again: nothing was created';

export type PostAnswer = { kind: 'created'; job: CreatedJob; watched?: true } | UnknownOutcome;

/** Nobody knows whether there is a job. */
export type UnknownOutcome = Extract<CreateOutcome, { kind: 'unknown' }>;

/**
 * Sends the creating POST until Keboola has answered it, always under the same run id, and never again after one that
 * may have made a job. A project may be full for days; that is no fault, and nothing is given up for it.
 *
 * @returns `unknown` also where a run before a reset may have made one and no search tells.
 * @throws ApplicationFailure of a refusal; `TokenRefused`, `KeboolaUnreachable` when there was no answer for too long;
 * `JobTimedOut`; the cancellation, since nothing was created.
 */
export async function postUntilAnswered(life: JobLife, creation: Creation): Promise<PostAnswer> {
  const { state, storm, time } = life;
  const known: Omit<CreateOrigin, 'originalRunId'> = state.wasReset ? { wasReset: true } : {};
  let refusals = 0;
  // Unbounded in count, bounded in time by `waitOut` while nobody answers.
  for (;;) {
    const { capacity: wanted } = creation;
    const capacity = wanted && (await orNoAnswer(() => reserveCapacity(wanted, { isStorm: storm.take() })));
    const full = capacity && whileFull(capacity, time.now() - state.budgets.queuedSinceMs);
    // Keboola answers. That there is room may be remembered, and shows nothing of the kind.
    if (full?.kind === 'later') delete state.outage;
    const outcome = full ?? (await creation.prepare?.()) ?? (await postOnce(creation, known));
    if (outcome.kind === 'accepted') return { ...outcome, kind: 'created' };
    if (outcome.kind === 'unknown') return outcome;
    if (outcome.kind === 'refused') refusals += 1;
    if (outcome.kind !== 'search-first') {
      await waitOut(life, whyAgain(outcome, refusals), { summary: full ? WAITS : ASK_AGAIN });
      continue;
    }
    const { message } = outcome;
    const end = await CancellationScope.nonCancellable(() => findLostJob(life, creation, message, () => AFTER_RESET));
    if (end.kind === 'found') return { kind: 'created', job: end.job };
    if (end.kind === 'unclear') return { kind: 'unknown', message };
    known.searchedInRun = end.inRun;
  }
}

/** Why it has to be waited until the project may run one more job. */
function whileFull(answer: CapacityAnswer, ageMs: number): NoAnswer | Later | undefined {
  if (answer.kind !== 'full') return answer.kind === 'reserved' ? undefined : answer;
  const delayMs = delayBesideMs(ageMs, Math.random);
  const why = `The project is full: ${answer.running} of ${answer.limit} jobs run`;
  return { kind: 'later', delayMs, note: `${why}. Asking again in ${Math.round(delayMs / 1_000)} s`, summary: WAITS };
}

type NothingCreated = NoAnswer | Later | Extract<CreateOutcome, { kind: 'not-sent' | 'refused-for-now' | 'refused' }>;

/** @throws ApplicationFailure of a refusal that is believed. */
function whyAgain(outcome: NothingCreated, refusals: number): NoAnswer | Later {
  if (outcome.kind === 'later') return outcome;
  if (outcome.kind !== 'refused') return { ...outcome, kind: 'no-answer' };
  const { type, message, perhapsPassing } = outcome;
  if (!perhapsPassing || refusals >= REFUSALS_MAX) throw failure(type, message);
  const note = `Keboola said no, which may pass; asking again: ${message}`;
  const summary = 'Ask again: the refusal may have been a passing one';
  return { kind: 'later', delayMs: REFUSAL_DELAY_MS * refusals, note, summary };
}

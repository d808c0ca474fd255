import type { CapacityAnswer, CreateOutcome, CreatedJob, SearchFirst } from '../../job/create/creation.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { silenceIsOver } from '../../job/life/silence.js';
import { durationText } from '../../job/text/time-text.js';
import { delayBesideMs } from '../../job/wait/poll-schedule.js';
import type { Creation } from './creation-attempt.js';
import { reserveCapacity } from '../activities.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { orNoAnswer } from '../or-no-answer.js';
import { findFormerJob, originOf } from './former-job.js';
import { waitOut, type Later } from '../wait/ask-until-answered.js';
import { postOnce } from './post-once.js';
import { asSentence } from '../../job/text/as-sentence.js';

/** Keboola answers 400 also if its own Storage failed for a moment, so such a refusal is believed the third time. */
const REFUSALS_MAX = 3;
const REFUSAL_DELAY_MS = 5_000;
const WAITS_FOR_ROOM = 'Wait for room in the project';
/** The summary of the timer before a POST is sent again. */
export const NOTHING_CREATED = 'Ask again: nothing was created';

export type PostAnswer = { kind: 'created'; job: CreatedJob; runId: string; watched?: true } | UnknownOutcome;

/** It is unknown whether there is a job. */
export type UnknownOutcome = Extract<CreateOutcome, { kind: 'unknown' }>;

type Refusal = Extract<CreateOutcome, { kind: 'refused' }>;

/**
 * Sends the creating POST until Keboola answers it, always under the same run id, and never again after a POST that may
 * have made a job. A project may be full for days; that is no fault, and nothing is given up because of it.
 *
 * @returns `unknown` also if a run before a reset may have made a job and no search can tell.
 * @throws ApplicationFailure of a refusal; `TokenRefused`, `KeboolaUnreachable` if Keboola did not answer for too long;
 * `JobTimedOut`; the cancellation, since nothing was created.
 */
export async function postUntilAnswered(life: JobLife, creation: Creation): Promise<PostAnswer> {
  let refusals = 0;
  // Unbounded in count, bounded in time by `waitOut` while Keboola does not answer.
  for (;;) {
    const held = await whatHolds(life, creation);
    if (held?.kind === 'held') {
      await waitOut(life, held.why, { summary: held.summary });
      continue;
    }
    const outcome = held ?? (await postOnce(creation, originOf(life)));
    switch (outcome.kind) {
      case 'accepted':
        return { ...outcome, kind: 'created', runId: creation.runId };
      case 'unknown':
        return outcome;
      case 'not-sent':
      case 'refused-for-now':
        await waitOut(life, { ...outcome, kind: 'no-answer' }, { summary: NOTHING_CREATED });
        break;
      case 'refused':
        refusals += 1;
        await waitOut(life, afterRefusal(outcome, refusals));
        break;
      case 'search-first': {
        const { message } = outcome;
        const end = await findFormerJob(life, creation, message);
        if (end.kind === 'found') return { ...end, kind: 'created' };
        if (end.kind === 'unclear') return { kind: 'unknown', message };
      }
    }
  }
}

/** Why the POST is not sent now, and the summary of the timer for that wait. */
interface Held {
  kind: 'held';
  why: NoAnswer | Later;
  summary: string;
}

async function whatHolds(life: JobLife, creation: Creation): Promise<Held | SearchFirst | undefined> {
  const { state, storm, time } = life;
  const { capacity } = creation;
  if (capacity) {
    const request = { ...capacity, origin: originOf(life) };
    const answer = await orNoAnswer(() => reserveCapacity(request, { isStorm: storm.take() }));
    if (answer.kind === 'search-first') return answer;
    const full = whileFull(answer, time.now() - state.budgets.queuedSinceMs);
    // A full project shows that Keboola answers. Free room may be a remembered answer, so it shows nothing of the kind.
    if (full?.kind === 'later') silenceIsOver(state);
    if (full) return { kind: 'held', why: full, summary: WAITS_FOR_ROOM };
  }
  const unprepared = await creation.prepare?.();
  return unprepared && { kind: 'held', why: unprepared, summary: NOTHING_CREATED };
}

/** Why to wait until the project may run one more job. */
function whileFull(answer: Exclude<CapacityAnswer, SearchFirst>, ageMs: number): NoAnswer | Later | undefined {
  if (answer.kind !== 'full') return answer.kind === 'reserved' ? undefined : answer;
  const delayMs = delayBesideMs(ageMs, Math.random);
  const why = `The project is full: ${answer.running} of ${answer.limit} jobs are running`;
  return {
    kind: 'later',
    delayMs,
    note: `${asSentence(why)} Asking again in ${durationText(delayMs)}`,
    summary: WAITS_FOR_ROOM,
  };
}

/** @throws ApplicationFailure of a refusal that is believed. */
function afterRefusal({ type, message, perhapsPassing }: Refusal, refusals: number): Later {
  if (!perhapsPassing || refusals >= REFUSALS_MAX) throw failure(type, message);
  const note = `Keboola refused the request, perhaps only for the moment; asking again: ${message}`;
  const summary = 'Ask again: the refusal may have been a passing one';
  return { kind: 'later', delayMs: REFUSAL_DELAY_MS * refusals, note, summary };
}

import { canBeSearchedFor } from '../../job/create/recognition.js';
import { canBeStopped } from '../../job/run-plan.js';
import type { JobView } from '../../job/job-view.js';
import type { LifeState } from '../../job/life-state.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { SearchAnswer } from '../../job/remote-steps.js';
import { finality } from '../../job/wait/status.js';
import { searchSent } from '../search/search-sent.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { CONFIRM_MS_MAX, killAndConfirm } from './kill-and-confirm.js';
import { tryAll } from './try-all.js';

/** The index shows a job within seconds of those below it, unless it is ill. */
const BETWEEN_MS = 5_000;

/** How often to look for a job that is proved by the jobs below it and is not shown itself. */
interface Looks {
  max: number;
  /** For how long a search without an answer is repeated. */
  unansweredMsMax: number;
}

/** Another look comes. */
export const ONE_LOOK: Looks = { max: 1, unansweredMsMax: 0 };
/** Nobody looks afterwards, and the searches before have shown nothing. */
export const LAST_LOOKS: Looks = { max: 12, unansweredMsMax: 0 };
/** Somebody has pressed stop: what it is about is stopped, or is told not to be known. */
export const LOOKS_FOR_STOP: Looks = { max: 12, unansweredMsMax: CONFIRM_MS_MAX };

/**
 * Looks for the jobs of creations that were given up, and stops those that have come after all: another job runs in
 * their place.
 *
 * @param over the ids of those that were seen to be over, which takes in those of this look: where the list goes on showing a
 * doubtful end, the next one would stop them once more.
 * @throws ApplicationFailure `KillNotConfirmed` for one that does not obey, or that is only proved, or where it has to be
 * known whether there is one and no search is answered.
 */
export async function stopLateJobs(life: JobLife, looks: Looks, over = new Set<string>()): Promise<void> {
  // A workflow that is stopped early has no plan yet, and nothing to give up.
  if (life.state.givenUp.length === 0) return;
  // Nobody could stop them, or tell them from those of others.
  if (!canBeStopped(life.plan) || !canBeSearchedFor(life.plan)) return;
  await tryAll(life.state.givenUp.map((runId) => () => stopLateJobsOf(life, runId, looks, over)));
}

async function stopLateJobsOf(life: JobLife, runId: string, looks: Looks, over: Set<string>): Promise<void> {
  const answer = await lookFor(life, runId, looks);
  if (isOnlyProven(life.state, runId, answer)) {
    const message = `A job whose run id starts with "${runId}." was created late and may run: only jobs below it are shown.`;
    throw failure('KillNotConfirmed', `${message} Stop it in Keboola.`, { runId });
  }
  if (answer.kind === 'no-answer') {
    if (looks.unansweredMsMax > 0) throw notKnown(runId, answer);
    return;
  }
  // A creation that was sent again as it was has made the one that counts, too.
  const others = answer.hits.filter(({ view }) => view.jobId !== life.state.created?.jobId);
  const late = others.filter(({ view }) => mayRun(view, over));
  await tryAll(
    late.map(({ view, url }) => async () => {
      life.note(`Stopping job ${view.jobId}: it was created beside the one that counts`);
      await killAndConfirm(life, { jobId: view.jobId, url });
      over.add(view.jobId);
    }),
  );
}

/** @returns the last answer; one without it or with nothing but a proof has come as often as it may. */
async function lookFor(life: JobLife, runId: string, looks: Looks): Promise<SearchAnswer> {
  const startedMs = life.time.now();
  for (let answered = 0; ;) {
    const answer = believed(await searchSent(life, runId), looks);
    if (answer.kind === 'searched') {
      answered += 1;
      if (answered >= looks.max || !isOnlyProven(life.state, runId, answer)) return answer;
    } else {
      if (life.time.now() - startedMs >= looks.unansweredMsMax) return answer;
      life.note(`Whether a job was created late is not known: ${answer.message}`);
    }
    await life.time.sleep(BETWEEN_MS, { summary: 'Look again for a job that came late' });
  }
}

/** A list that shows too little to be believed is no answer where something hangs on it. */
function believed(answer: SearchAnswer, { unansweredMsMax }: Looks): SearchAnswer {
  if (answer.kind === 'no-answer' || unansweredMsMax === 0) return answer;
  if (answer.trustworthy || answer.proven || answer.hits.length > 0) return answer;
  return { kind: 'no-answer', message: "Keboola's list of jobs does not show what must be there" };
}

function notKnown(runId: string, { message }: NoAnswer): Error {
  const look = `Look in Keboola for a job whose run id starts with "${runId}.", and stop it.`;
  return failure('KillNotConfirmed', `It is not known whether a job was created late: ${message}. ${look}`, { runId });
}

/** Below the run id of a creation that was sent again as it was, the job that is waited for has its own. */
function isOnlyProven({ created, runIds }: LifeState, runId: string, answer: SearchAnswer): boolean {
  if (created && runIds.includes(runId)) return false;
  return answer.kind === 'searched' && answer.proven === true && answer.hits.length === 0;
}

/** A doubtful end is not believed by one read: where it is so, being asked to stop does no harm, and once is enough. */
function mayRun({ jobId, status, isFinished }: JobView, over: ReadonlySet<string>): boolean {
  const end = finality(status, isFinished);
  return end === 'unfinished' || (end === 'doubtful' && !over.has(jobId));
}

import type { TemporalFailure } from '@temporalio/workflow';
import type { Hit } from '../../job/create/creation.js';
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
import { detailsOf, failuresOf } from './failures-of.js';
import { asSentence } from '../../job/text/as-sentence.js';

/** The index shows a job within seconds of the jobs below it, unless it is unhealthy. */
const BETWEEN_MS = 5_000;

/** How long to look for late jobs, and to wait until they obey. */
export interface Looks {
  /** How often to look for a job that only the jobs below it prove, and that is not shown itself. */
  max: number;
  /** How long to repeat a search that gets no answer. */
  unansweredMsMax: number;
  /** How long to wait until a late job is seen to obey; it is asked and read once at least. */
  obeyMsMax: number;
}

/** Another look follows. */
export const ONE_LOOK: Looks = { max: 1, unansweredMsMax: 0, obeyMsMax: 0 };
/** No look follows, and somebody waits for the end of the job that counts. */
export const LOOK_AT_THE_END: Looks = { max: 12, unansweredMsMax: 60_000, obeyMsMax: 60_000 };
/** The workflow was cancelled: a late job is stopped, or is reported as unknown. */
export const LOOKS_FOR_STOP: Looks = { max: 12, unansweredMsMax: CONFIRM_MS_MAX, obeyMsMax: CONFIRM_MS_MAX };

/** What this look has in common with others. */
interface Wanted {
  /** When the stop began, of which this is a part, epoch milliseconds; by default now. */
  sinceMs?: number;
  /**
   * The ids of jobs that were seen to be over; this look adds its own. Without them, the next look would stop a job
   * again whose doubtful end the list goes on showing.
   */
  over?: Set<string>;
}

/**
 * Looks for the jobs of creations that were given up, and stops those that were made after all: another job runs in
 * their place.
 *
 * @returns the failures, `KillNotConfirmed`, each of one job or of one creation: a job does not obey, only the jobs
 * below it are shown, or it must be known whether there is a late job and no search is answered.
 */
export async function unstoppedLateJobs(
  life: JobLife,
  looks: Looks,
  { sinceMs = life.time.now(), over = new Set() }: Wanted = {},
): Promise<TemporalFailure[]> {
  const runIds = life.state.givenUp;
  // A workflow that is cancelled early has no plan yet, and nothing to give up.
  if (runIds.length === 0) return [];
  // Late jobs of this kind cannot be stopped, or cannot be told from those of others.
  if (!canBeStopped(life.plan) || !canBeSearchedFor(life.plan)) return [];
  const failures = await Promise.all(runIds.map((runId) => unstoppedOf(life, runId, looks, { sinceMs, over })));
  return failures.flat();
}

type Looking = Required<Pick<Wanted, 'sinceMs' | 'over'>>;

async function unstoppedOf(life: JobLife, runId: string, looks: Looks, looking: Looking): Promise<TemporalFailure[]> {
  const { sinceMs, over } = looking;
  const answer = await lookFor(life, runId, looks, sinceMs);
  if (isOnlyProven(life.state, runId, answer)) return [onlyProven(runId)];
  if (answer.kind === 'no-answer') return looks.unansweredMsMax > 0 ? [notKnown(runId, answer)] : [];
  // If the same creation was sent again, it has also made the job that counts.
  const others = answer.hits.filter(({ view }) => view.jobId !== life.state.created?.jobId);
  const late = others.filter(({ view }) => mayRun(view, over));
  for (const { view } of others) if (finality(view.status, view.isFinished) === 'final') over.add(view.jobId);
  return await stopDuplicates(life, late, sinceMs + looks.obeyMsMax, over);
}

/**
 * Stops jobs that run the same work as the job of the workflow.
 *
 * @param untilMs when to give up; each is asked and read once at least.
 * @param over takes the ids of those that were seen to be over.
 * @returns the failures of those not seen to stop.
 */
export async function stopDuplicates(
  life: JobLife,
  jobs: readonly Hit[],
  untilMs: number,
  over = new Set<string>(),
): Promise<TemporalFailure[]> {
  return await failuresOf(
    jobs.map(({ view: { jobId }, url }) => async () => {
      life.note(`Stopping job ${jobId}: it duplicates the job of this workflow`);
      await killAndConfirm(life, { jobId, url }, untilMs);
      over.add(jobId);
    }),
  );
}

/** @returns the last answer. If it is missing or only proves a job, as many looks were taken as `looks` allows. */
async function lookFor(life: JobLife, runId: string, looks: Looks, sinceMs: number): Promise<SearchAnswer> {
  for (let answered = 0; ;) {
    const answer = believed(await searchSent(life, runId), looks);
    if (answer.kind === 'searched') {
      answered += 1;
      if (answered >= looks.max || !isOnlyProven(life.state, runId, answer)) return answer;
    } else {
      if (life.time.now() - sinceMs >= looks.unansweredMsMax) return answer;
      life.note(`It is unknown whether a job was created late: ${answer.message}`);
    }
    await life.time.sleep(BETWEEN_MS, { summary: 'Look again for a late job' });
  }
}

/** A list that shows too little to be believed counts as no answer if something depends on it. */
function believed(answer: SearchAnswer, { unansweredMsMax }: Looks): SearchAnswer {
  if (answer.kind === 'no-answer' || unansweredMsMax === 0) return answer;
  if (answer.trustworthy || answer.proven || answer.hits.length > 0) return answer;
  return { kind: 'no-answer', message: "Keboola's list of jobs is incomplete: it lacks jobs that must be there" };
}

function onlyProven(runId: string): TemporalFailure {
  const what = `A job whose run id starts with "${runId}." was created late and may be running`;
  return failure('KillNotConfirmed', `${what}: Keboola lists only its child jobs. Stop it in Keboola.`, { runId });
}

function notKnown(runId: string, { message }: NoAnswer): TemporalFailure {
  const look = `Look in Keboola for a job whose run id starts with "${runId}.", and stop it.`;
  const what = `It is not known whether a job was created late: ${asSentence(message)} ${look}`;
  return failure('KillNotConfirmed', what, { runId, isUnknown: true });
}

/** Whether a failure says only that no search was answered. */
export function isUnknown(failed: TemporalFailure): boolean {
  const [first] = detailsOf(failed);
  return (first as { isUnknown?: true } | undefined)?.isUnknown === true;
}

/** If the job that is waited for has this run id, too, the jobs below the run id are its own and prove no late job. */
function isOnlyProven({ created, runIds }: LifeState, runId: string, answer: SearchAnswer): boolean {
  if (created && runIds.includes(runId)) return false;
  return answer.kind === 'searched' && answer.proven === true && answer.hits.length === 0;
}

/** One read does not prove a doubtful end. Asking such a job to stop does no harm, and once is enough. */
function mayRun({ jobId, status, isFinished }: JobView, over: ReadonlySet<string>): boolean {
  const end = finality(status, isFinished);
  return end === 'unfinished' || (end === 'doubtful' && !over.has(jobId));
}

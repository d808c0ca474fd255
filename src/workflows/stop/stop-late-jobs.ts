import { canBeStopped } from '../../job/run-plan.js';
import type { JobView } from '../../job/job-view.js';
import type { SearchAnswer } from '../../job/remote-steps.js';
import { finality } from '../../job/wait/status.js';
import { searchSent } from '../search/search-sent.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { killAndConfirm } from './kill-and-confirm.js';
import { tryAll } from './try-all.js';

/** The index shows a job within seconds of those below it, unless it is ill. */
const BETWEEN_MS = 5_000;
/** Where nobody looks afterwards. */
export const LAST_LOOKS = 12;

/**
 * Looks for the jobs of creations that were given up, and stops those that have come after all: another job runs in
 * their place. A search without an answer is no reason to fail; the next one comes.
 *
 * @param looks how often to look for one that is proved by the jobs below it and is not shown itself.
 * @throws ApplicationFailure `KillNotConfirmed` for one that does not obey, or that is only proved.
 */
export async function stopLateJobs(life: JobLife, looks = 1): Promise<void> {
  // A workflow that is stopped early has no plan yet, and nothing to give up.
  if (life.state.givenUp.length === 0) return;
  // Nobody could stop them, or tell them from those of others.
  if (!canBeStopped(life.plan) || life.plan.unfenced) return;
  await tryAll(life.state.givenUp.map((runId) => () => stopLateJobsOf(life, runId, looks)));
}

async function stopLateJobsOf(life: JobLife, runId: string, looks: number): Promise<void> {
  let answer = await searchSent(life, runId);
  for (let look = 1; isOnlyProven(life, runId, answer) && look < looks; look++) {
    await life.time.sleep(BETWEEN_MS, { summary: 'Look again for a job that came late' });
    answer = await searchSent(life, runId);
  }
  if (isOnlyProven(life, runId, answer)) {
    const message = `A job whose run id starts with "${runId}." was created late and may run: only jobs below it are shown.`;
    throw failure('KillNotConfirmed', `${message} Stop it in Keboola.`, { runId });
  }
  if (answer.kind === 'searched') await tryAll(answer.hits.map((hit) => () => stopLateJob(life, hit)));
}

/** Below the run id of a creation that was sent again as it was, the job that is waited for has its own. */
function isOnlyProven({ state }: JobLife, runId: string, answer: SearchAnswer): boolean {
  if (state.created && state.runIds.includes(runId)) return false;
  return answer.kind === 'searched' && answer.proven === true && answer.hits.length === 0;
}

async function stopLateJob(life: JobLife, { view, url }: { view: JobView; url: string }): Promise<void> {
  // A creation that was sent again as it was has made this one, too.
  if (view.jobId === life.state.created?.jobId) return;
  if (finality(view.status, view.isFinished) !== 'unfinished') return;
  life.note(`Stopping job ${view.jobId}: it was created late, and another one runs in its place`);
  await killAndConfirm(life, view.jobId, url);
}

import { ActivityFailure, sleep } from '@temporalio/workflow';
import { choose, type CreatedJob, type CreateJobRequest } from '../job/creation.js';
import type { SearchAnswer } from '../job/run-plan.js';
import { killJob, searchJob } from './activities.js';
import { failure, reasonOf } from './failures.js';
import type { JobLife } from './job-life.js';

/** How often in a row the search may rest, and for how long in all; the index of a sound platform lags by seconds. */
export interface SearchWindow {
  /** Time of trustworthy searches without a hit after which the job counts as not there. */
  emptyMsMax: number;
  /** Time after which the search ends even though no answer could be trusted. */
  totalMsMax: number;
}

export type SearchEnd =
  | { kind: 'found'; job: CreatedJob }
  /** `inRun`: the workflow run that has searched. */
  | { kind: 'absent'; inRun: string }
  | { kind: 'unclear' };

const KILLS_MAX = 20;
const DELAY_MS_MIN = 1_000;
const DELAY_MS_MAX = 60_000;

/**
 * Searches for the job of a creation whose answer was lost, by the run id that only this creation has sent.
 *
 * @returns the job; `absent` when trustworthy searches of a whole window did not show it; `unclear` otherwise.
 */
export async function findLostJob(
  life: JobLife,
  request: CreateJobRequest,
  reason: string,
  window: SearchWindow,
): Promise<SearchEnd> {
  const startedMs = Date.now();
  let emptySinceMs: number | undefined;
  for (let tries = 0; Date.now() - startedMs < window.totalMsMax; tries++) {
    const answer = await searchOnce(request);
    const job = answer.kind === 'searched' ? await adopt(life, request, answer) : undefined;
    if (job) return { kind: 'found', job };
    if (answer.kind === 'searched' && answer.trustworthy) {
      emptySinceMs ??= Date.now();
      if (Date.now() - emptySinceMs >= window.emptyMsMax) return { kind: 'absent', inRun: answer.workflowRunId };
    } else {
      emptySinceMs = undefined;
    }
    life.note(`${reason}; searching for a job under run id ${request.runId} (${tries + 1} searches)`);
    await sleep(Math.min(DELAY_MS_MAX, DELAY_MS_MIN * 2 ** Math.min(tries, 6)), { summary: 'Search again' });
  }
  return { kind: 'unclear' };
}

async function searchOnce({ connection, component, config, runId }: CreateJobRequest): Promise<SearchAnswer> {
  try {
    return await searchJob({ connection, component, runId, ...(config !== undefined && { config }) });
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { kind: 'no-answer', message: reasonOf(error) };
  }
}

async function adopt(
  life: JobLife,
  { connection }: CreateJobRequest,
  { hits }: Extract<SearchAnswer, { kind: 'searched' }>,
): Promise<CreatedJob | undefined> {
  const choice = choose(hits.map(({ view }) => view));
  if (!choice) return undefined;
  for (const { jobId } of choice.extras) {
    life.note(`Killing job ${jobId}: it is a second one of the same creation`);
    await killExtra({ connection, jobId });
  }
  const { jobId, status } = choice.keep;
  const url = hits.find(({ view }) => view.jobId === jobId)?.url ?? '';
  return { jobId, status, url, adopted: true };
}

async function killExtra(job: { connection: string; jobId: string }): Promise<void> {
  for (let tries = 0; tries < KILLS_MAX; tries++) {
    const answer = await killJob(job).catch(() => ({ kind: 'no-answer' as const }));
    if (answer.kind !== 'no-answer') return;
    await sleep(DELAY_MS_MIN * 2 ** Math.min(tries, 5), { summary: 'Ask again to stop the second job' });
  }
  throw failure('KillNotConfirmed', `Job ${job.jobId} is a second one of the same creation and could not be stopped.`);
}

import type { JobView } from '../../job/job-view.js';
import { finality } from '../../job/status.js';
import { searchJob } from '../activities.js';
import { searchOnce } from '../create/find-lost-job.js';
import type { JobLife } from '../job-life.js';
import { killToTheEnd } from './kill-to-the-end.js';
import { tryAll } from './try-all.js';

/**
 * Looks for the jobs of creations that were given up, and stops those that have come after all: another job runs in
 * their place. A search without an answer is no reason to fail; the next one comes.
 */
export async function stopLateJobs(life: JobLife): Promise<void> {
  // A workflow that is stopped early has no plan yet, and nothing to give up.
  if (life.state.givenUp.length === 0) return;
  const { connection, component, config, byCall, system } = life.plan;
  // Nobody could stop them.
  if (system !== undefined) return;
  const recognised = byCall ? {} : { component, ...(config !== undefined && { config }) };
  const steps = life.state.givenUp.map((runId) => async () => {
    const answer = await searchOnce(() => searchJob({ connection, runId, ...recognised }));
    if (answer.kind === 'searched') await tryAll(answer.hits.map((hit) => () => stopLateJob(life, hit)));
  });
  await tryAll(steps);
}

async function stopLateJob(life: JobLife, { view, url }: { view: JobView; url: string }): Promise<void> {
  if (finality(view.status, view.isFinished) !== 'unfinished') return;
  life.note(`Stopping job ${view.jobId}: it was created late, and another one runs in its place`);
  await killToTheEnd(life, view.jobId, url);
}

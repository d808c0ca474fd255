import { expectAnother } from '../../job/life/creations.js';
import { choose, foundJob } from '../../job/create/creation.js';
import { sentRunId } from '../../job/create/fence.js';
import { canBeSearchedFor } from '../../job/create/recognition.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { JobLife } from '../job-life.js';
import { searchSent } from './search-sent.js';

/**
 * Searches once for our own job, if the answer to its creation named a job that is missing or somebody else's, and
 * takes it up. Any further job of that creation is to be stopped, like those that appear late. Once a read has shown
 * the job, there is nothing to search for.
 *
 * @returns whether another job is waited for from now on.
 */
export async function findMisnamed(life: JobLife, { noSuchJob, message }: NoAnswer): Promise<boolean> {
  if (!noSuchJob || !isNamedByAnswer(life)) return false;
  const { plan, state } = life;
  const runId = sentRunId(plan.parentRunId, state);
  const answer = await searchSent(life, runId);
  const hits = answer.kind === 'searched' ? answer.hits : [];
  const ours = choose(hits)?.keep;
  if (!ours || ours.view.jobId === life.job.jobId) return false;
  life.jobCreated(foundJob(ours), runId);
  // Whatever spoilt the answer may have doubled the request, and the list may show the second job later.
  expectAnother(state, runId);
  life.note(`The answer to the creation named the wrong job (${message}); job ${ours.view.jobId} has our run id`);
  return true;
}

/** This search does not cover Storage. A job that was found or attached to is known to be there. */
function isNamedByAnswer({ plan, state }: JobLife): boolean {
  const { created, readAtMs } = state;
  if (!created || readAtMs !== undefined || created.found || created.foreign) return false;
  return canBeSearchedFor(plan);
}

import type { Job } from '../../job-record.js';
import type { NewQueueJob } from '../new-queue-job.js';

/** What every job below a container takes from it: project, token, and the run id and parent that make it a child. */
export function below({
  project,
  token,
  facts,
  attempt,
}: Job): Pick<NewQueueJob, 'project' | 'token' | 'runIdPrefix' | 'parent'> {
  return { project, token, runIdPrefix: facts.runId, parent: { id: facts.id, attempt } };
}

/** A container that has been told of its kill creates no more jobs. */
export function isAtWork({ facts }: Job): boolean {
  return facts.status === 'processing';
}

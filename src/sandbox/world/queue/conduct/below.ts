import type { Job } from '../../job-record.js';
import type { NewQueueJob } from '../new-queue-job.js';

/** What every job below a container has of it: project, token, branch, and the run id that makes it a child. */
export function below({
  project,
  token,
  facts,
  attempt,
}: Job): Pick<NewQueueJob, 'project' | 'token' | 'runIdPrefix' | 'parent'> {
  return { project, token, runIdPrefix: facts.runId, parent: { id: facts.id, attempt } };
}

/** One that hears of its kill makes no more jobs. */
export function isAtWork({ facts }: Job): boolean {
  return facts.status === 'processing';
}

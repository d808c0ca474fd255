import type { Job, JobFacts } from '../job-record.js';

/** Apps that no parallel limit counts or stops (keboola/syrup Service/StorageApi/Limits.php, unlimitedComponents). */
const UNLIMITED_APPS = new Set(['syrup', 'orchestrator']);

/** The jobs that a project's parallel limit counts: those that are processing or terminating. */
export class ProjectLoad {
  readonly #running = new Map<number, Set<Job>>();

  /** Takes note of the job's document as it is now, and returns how many jobs the limit counts. */
  update(job: Job): number {
    const running = this.#running.get(job.facts.project.id) ?? new Set();
    this.#running.set(job.facts.project.id, running);
    if (isCounted(job.facts)) running.add(job);
    else running.delete(job);
    return running.size;
  }

  /** The counted jobs of a job's project, without the job itself. */
  others(than: Job): Job[] {
    return [...(this.#running.get(than.facts.project.id) ?? [])].filter((job) => job !== than);
  }
}

export function isUnlimited({ app, queue }: JobFacts): boolean {
  // In Queue v2 only standard jobs count.
  return UNLIMITED_APPS.has(app) || (queue !== undefined && queue.type !== 'standard');
}

function isCounted(facts: JobFacts): boolean {
  return (facts.status === 'processing' || facts.status === 'terminating') && !isUnlimited(facts);
}

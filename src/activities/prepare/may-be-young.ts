import type { Keboola } from '../../keboola/keboola.js';

/** Ids grow across all projects of a stack; other jobs may have been created since. */
const OLDER_MIN = 0.999;
/** The project's latest job may be old, but no id of today is more than twice as large. */
const YOUNGER_MAX = 2;

/**
 * Whether an id looks like that of a job created a moment ago, compared with the latest job in the project's list. A
 * mistyped id seldom does.
 *
 * @returns true also if the list is empty or Keboola does not answer it: a new project's first job is young, and a
 *   Keboola that cannot list its jobs may have a fault.
 */
export async function mayBeYoung(keboola: Pick<Keboola, 'jobs'>, jobId: string): Promise<boolean> {
  try {
    const { jobs } = await (await keboola.jobs()).list({ limit: 1 });
    const [latest] = jobs;
    if (latest === undefined) return true;
    const ratio = Number(jobId) / Number(latest.jobId);
    return ratio >= OLDER_MIN && ratio <= YOUNGER_MAX;
  } catch {
    return true;
  }
}

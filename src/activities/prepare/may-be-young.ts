import type { Keboola } from '../../keboola/keboola.js';

/** Ids grow, for all projects of a stack together; others may have come since. */
const OLDER_MIN = 0.999;
/** The project's latest job may be old, but no id of today has twice the size. */
const YOUNGER_MAX = 2;

/**
 * Whether an id is like that of a job which was made a moment ago, by the latest job that the project's list shows. One that
 * was mistyped seldom is.
 *
 * @returns true also where the list shows nothing or is not answered: a new project's first job is young, and a Keboola that
 *   cannot tell of its jobs may be ill.
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

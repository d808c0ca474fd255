import type { JobRef, KillAnswer } from '../../job/remote-steps.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { strangeness, type JobMarks } from '../../job/create/job-marks.js';
import type { JobApi } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';

/** The look at the job before a stop may delay the stop by this much. */
const LOOK_MS_MAX = 2_000;

/** Asks Keboola to stop a job, unless it turns out to be another job. Asking twice, or after the end, does no harm. */
export async function killJob(deps: ActivityDeps, { jobId, marks, ...place }: JobRef): Promise<KillAnswer> {
  try {
    const jobs = await (await keboolaOf(deps, place)).jobs();
    const stranger = marks && (await strangerAt(jobs, jobId, marks));
    if (stranger !== undefined) return { kind: 'not-possible', message: stranger };
    await jobs.kill(jobId);
    return { kind: 'asked' };
  } catch (error) {
    // Keboola answers a stop of an ended job with 400 or 404, on some stacks even with 500: a read tells the truth.
    if (error instanceof KeboolaError && (error.kind === 'refused' || error.kind === 'not-found')) {
      return { kind: 'not-possible', message: error.message };
    }
    return toNoAnswer(error);
  }
}

/** A failed look does not keep a job from being stopped: Keboola never gives an id out twice. */
async function strangerAt(jobs: JobApi, jobId: string, marks: JobMarks): Promise<string | undefined> {
  try {
    const { view } = await jobs.get(jobId, AbortSignal.timeout(LOOK_MS_MAX));
    return strangeness(view, marks);
  } catch {
    return undefined;
  }
}

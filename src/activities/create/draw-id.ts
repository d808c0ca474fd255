import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { Drawn } from '../../job/remote-steps.js';
import type { InProject } from '../../job/run-plan.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import type { DrawnId, JobApi } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';

const FORBIDDEN = 403;
const NOT_IMPLEMENTED = 501;

/** Draws an id; every job that is created from now on has a higher one. */
export async function drawId(deps: ActivityDeps, place: InProject): Promise<Drawn | NoAnswer> {
  try {
    const jobs = await (await keboolaOf(deps, place)).jobs();
    return { kind: 'drawn', ...(await drawnFrom(jobs)) };
  } catch (error) {
    return toNoAnswer(error);
  }
}

/** Returns none if this project gives out no ids: waiting would be in vain, and a job can be created without one. */
async function drawnFrom(jobs: JobApi): Promise<Partial<DrawnId>> {
  try {
    return (await jobs.drawId?.()) ?? {};
  } catch (error) {
    if (error instanceof KeboolaError && areGone(error)) return {};
    throw error;
  }
}

/** Any final refusal except that of an unknown token, which a renewed token fixes. */
function areGone({ kind, facts: { status } }: KeboolaError): boolean {
  if (kind === 'not-found' || kind === 'refused') return true;
  return status === FORBIDDEN || status === NOT_IMPLEMENTED;
}

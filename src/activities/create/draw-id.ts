import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { Drawn } from '../../job/remote-steps.js';
import type { InProject } from '../../job/run-plan.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';

/** Draws an id that every job which is created from now on is above. */
export async function drawId(deps: ActivityDeps, place: InProject): Promise<Drawn | NoAnswer> {
  try {
    const jobs = await (await keboolaOf(deps, place)).jobs();
    return { kind: 'drawn', ...(await jobs.drawId?.()) };
  } catch (error) {
    // Where there are none they are not waited for.
    if (error instanceof KeboolaError && error.kind === 'not-found') return { kind: 'drawn' };
    return toNoAnswer(error);
  }
}

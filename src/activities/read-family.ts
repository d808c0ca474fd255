import type { NoAnswer } from '../job/run-plan.js';
import { familyOf, jobsBelow, type Family, type FamilyOrder } from '../job/tree/family.js';
import { familyResults } from '../job/tree/results.js';
import type { Keboola } from '../keboola/keboola.js';
import type { ActivityDeps } from './deps.js';
import { toNoAnswer } from './failures.js';
import type { JobRef } from './kill-job.js';

/** Looks for the jobs below one, once it has ended: the index may be late with them. */
export async function readFamily(
  deps: ActivityDeps,
  order: JobRef & { family: FamilyOrder },
): Promise<{ kind: 'read'; family: Family } | NoAnswer> {
  try {
    const keboola = deps.connections.get(order.connection);
    return { kind: 'read', family: await findFamily(keboola, order.jobId, order.family, true) };
  } catch (error) {
    return toNoAnswer(error);
  }
}

/** @param isFresh whether to ask now, instead of believing what somebody of the same tree was told seconds ago. */
export async function findFamily(
  keboola: Keboola,
  jobId: string,
  { runIds, treeRunIds, results, bytesMax }: FamilyOrder,
  isFresh: boolean,
): Promise<Family> {
  const tree = await (isFresh ? keboola.trees.getFresh(treeRunIds) : keboola.trees.get(treeRunIds));
  const family = familyOf(jobId, runIds, tree);
  const isComplete = family.settled && family.open === 0;
  if (!isComplete && results === 'when-complete') return family;
  const jobs = await keboola.jobs();
  const below = jobsBelow(jobId, runIds, tree).map((view) => ({ view, url: jobs.jobUrl(view.jobId) }));
  return { ...family, results: familyResults(below, bytesMax) };
}

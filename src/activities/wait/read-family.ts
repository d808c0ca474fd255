import { jobPage } from '../../job/job-page.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import {
  BRIEF_TREE_BYTES_MAX,
  familyOf,
  jobsBelow,
  TREE_BYTES_MAX,
  type Family,
  type FamilyOrder,
} from '../../job/tree/family.js';
import { familyResults } from '../../job/tree/results.js';
import type { Keboola } from '../../keboola/keboola.js';
import type { ActivityDeps } from '../deps.js';
import { toNoAnswer } from '../failures.js';
import type { JobRef } from '../../job/remote-steps.js';

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
  { runIds, treeRunIds = runIds, partly, brief, jobsPage }: FamilyOrder,
  isFresh: boolean,
): Promise<Family> {
  const list = await (isFresh ? keboola.trees.getFresh(treeRunIds) : keboola.trees.get(treeRunIds));
  const { jobs: tree, isWhole } = list;
  const family = familyOf(jobId, runIds, tree, isWhole);
  const isComplete = family.settled && family.open === 0;
  if (!isComplete && !partly) return family;
  const jobs = await keboola.jobs();
  const below = jobsBelow(jobId, runIds, tree).map((view) => ({
    ...{ view, url: jobs.jobUrl(view.jobId) },
    ...(jobsPage !== undefined && { page: jobPage(jobsPage, view.jobId) }),
  }));
  return { ...family, results: familyResults(below, brief ? BRIEF_TREE_BYTES_MAX : TREE_BYTES_MAX) };
}

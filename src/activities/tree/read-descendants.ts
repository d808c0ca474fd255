import { jobPage } from '../../job/job-page.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import {
  BRIEF_TREE_BYTES_MAX,
  descendantsOf,
  jobsBelow,
  TREE_BYTES_MAX,
  type Descendants,
  type DescendantsRequest,
} from '../../job/tree/descendants.js';
import { descendantResults } from '../../job/tree/results.js';
import type { Keboola } from '../../keboola/keboola.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';
import type { JobRef } from '../../job/remote-steps.js';

/** Looks for the descendants of an ended job: the index may show them late. */
export async function readDescendants(
  deps: ActivityDeps,
  request: JobRef & { descendants: DescendantsRequest },
): Promise<{ kind: 'read'; descendants: Descendants } | NoAnswer> {
  try {
    const keboola = await keboolaOf(deps, request);
    return { kind: 'read', descendants: await findDescendants(keboola, request.jobId, request.descendants, true) };
  } catch (error) {
    return toNoAnswer(error);
  }
}

/**
 * @param isFresh whether to ask Keboola now, instead of reusing an answer of seconds ago for another job of the tree.
 */
export async function findDescendants(
  keboola: Keboola,
  jobId: string,
  { runIds, treeRunIds = runIds, partly, brief, jobsPage }: DescendantsRequest,
  isFresh: boolean,
): Promise<Descendants> {
  const list = await (isFresh ? keboola.trees.getFresh(treeRunIds) : keboola.trees.get(treeRunIds));
  const { jobs: tree, isWhole } = list;
  const descendants = descendantsOf(jobId, runIds, tree, isWhole);
  const isComplete = descendants.settled && descendants.open === 0;
  if (!isComplete && !partly) return descendants;
  const jobs = await keboola.jobs();
  const below = jobsBelow(jobId, runIds, tree).map((view) => ({
    view,
    url: jobs.jobUrl(view.jobId),
    ...(jobsPage !== undefined && { page: jobPage(jobsPage, view.jobId) }),
  }));
  return { ...descendants, results: descendantResults(below, brief ? BRIEF_TREE_BYTES_MAX : TREE_BYTES_MAX) };
}

import type { JobView } from '../../../job/job-view.js';
import { isFinalStatus } from '../../../job/wait/status.js';
import type { JobQuery } from '../../jobs/job-api.js';
import type { JobLists } from './job-lists.js';
import { openInProject } from './open-in-project.js';
import { openInStore } from './open-in-store.js';
import type { Pages } from './pages.js';
import { walkTree } from './walk-tree.js';

/** Includes ended jobs, since only the whole tree shows all that runs in it. */
const TREE_MAX = 3_000;

/**
 * The unfinished jobs below some RunIds, and the job itself only once it has ended: while the index does not show that,
 * it may lack children, too. If the tree is too large to read, a list of all unfinished jobs of the project decides.
 */
export async function openIn(lists: JobLists, { runIds, jobId }: NonNullable<JobQuery['openIn']>): Promise<Pages> {
  const [tree, stored] = await Promise.all([
    walkTree(lists, runIds, { max: TREE_MAX, onlyWhole: true }),
    openInStore(lists, runIds),
  ]);
  const open = tree.isWhole ? [] : await openInProject(lists, runIds, tree.views);
  const indexed = tree.views.filter((view) => isFinalStatus(view.status) === (view.jobId === jobId));
  const below = [...stored, ...(open ?? [])].filter((view) => view.jobId !== jobId);
  return { views: distinct([...indexed, ...below]), isWhole: open !== undefined };
}

function distinct(views: readonly JobView[]): JobView[] {
  return [...new Map(views.map((view) => [view.jobId, view])).values()];
}

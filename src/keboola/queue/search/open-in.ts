import type { JobView } from '../../../job/job-view.js';
import { isFinalStatus } from '../../../job/wait/status.js';
import type { JobQuery } from '../../jobs/job-api.js';
import type { JobLists } from './job-lists.js';
import { openInProject } from './open-in-project.js';
import { openInStore } from './open-in-store.js';
import type { Pages } from './pages.js';
import { walkTree } from './walk-tree.js';

/** Those that have ended are among them, since only whoever reads the whole tree sees what runs in it. */
const TREE_MAX = 3_000;

/**
 * What runs below some run ids, and the job itself only as one that has ended: an index that shows less has not come so far,
 * and may lack children. Where the tree is too large to be read whole, a list of all that runs in the project decides.
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

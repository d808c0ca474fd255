import type { JobView } from '../../../job/job-view.js';
import { parentRunId } from '../../../job/run-id.js';
import type { JobLists } from './job-lists.js';
import type { Extent } from './level-read.js';
import type { Pages } from './pages.js';
import { readLevel } from './read-level.js';
import { searchQuery } from './search-query.js';

/** Deeper than any tree that Keboola itself builds: container, flow, phase, task, retry. */
const LEVELS_MAX = 12;
/** The most siblings among which we look for the root job. */
const SIBLINGS_MAX = 100;

/**
 * Reads the jobs with these RunIds and all below them, level by level, since Queue v2 finds children only by their
 * parent's RunId.
 *
 * @returns `isWhole` is false if there may be more.
 */
export async function walkTree(
  lists: JobLists,
  runIds: readonly string[],
  { max, onlyWhole = false }: Extent,
): Promise<Pages> {
  const found = new Map<string, JobView>();
  for (const view of await withRunIds(lists, runIds)) found.set(view.jobId, view);
  let isWhole = true;
  let parents = [...runIds];
  for (let level = 0; parents.length > 0; level++) {
    const isTooMuch = level >= LEVELS_MAX || found.size >= max;
    if (isTooMuch || (onlyWhole && !isWhole)) return { views: [...found.values()], isWhole: false };
    const children = await readLevel(lists, { parents, known: found, max, onlyWhole });
    isWhole &&= children.isWhole;
    for (const view of children.views) found.set(view.jobId, view);
    const asked = new Set([...parents, ...runIds]);
    parents = children.views.map(({ runId }) => runId).filter((runId) => !asked.has(runId));
  }
  return { views: [...found.values()], isWhole };
}

/** Finds the root job. A list without a filter for parents may lack jobs that have one, so we also ask its siblings. */
async function withRunIds(lists: JobLists, runIds: readonly string[]): Promise<JobView[]> {
  // No two jobs share a RunId, but an answer may repeat a row.
  const query = searchQuery({ limit: 2 * runIds.length });
  for (const runId of runIds) query.append('runId[]', runId);
  const found = (await lists.search(query)).views.filter(({ runId }) => runIds.includes(runId));
  const parent = runIds.map(parentRunId).find((above) => above !== undefined);
  if (found.length > 0 || parent === undefined) return found;
  const { views } = await lists.childrenOf(parent, SIBLINGS_MAX);
  return views.filter(({ runId }) => runIds.includes(runId));
}

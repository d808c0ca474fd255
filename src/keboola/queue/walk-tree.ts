import type { JobView } from '../../job/job-view.js';
import type { JobLists } from './job-lists.js';

/** Deeper than any tree of Keboola's own: container, flow, phase, task, retry. */
const LEVELS_MAX = 12;
/** Asked one by one only where the route for many is not obeyed. */
const PARENTS_MAX = 50;
/** What an address surely holds. */
const PARENTS_AT_ONCE_MAX = 100;
const REQUESTS_AT_ONCE_MAX = 5;

/**
 * The jobs with these run ids and all below them, level by level, since Queue v2 tells a job's children by its run id alone.
 *
 * @returns `isWhole` false where there may be more.
 */
export async function walkTree(
  lists: JobLists,
  runIds: readonly string[],
  max: number,
): Promise<{ views: JobView[]; isWhole: boolean }> {
  const found = new Map<string, JobView>();
  for (const view of await withRunIds(lists, runIds)) found.set(view.jobId, view);
  let isWhole = true;
  let parents = [...runIds];
  for (let level = 0; parents.length > 0; level++) {
    if (level >= LEVELS_MAX || found.size >= max) return { views: [...found.values()], isWhole: false };
    const children = await childrenOf(lists, parents, max);
    isWhole &&= children.isWhole;
    const fresh = children.views.filter(({ jobId }) => !found.has(jobId));
    for (const view of fresh) found.set(view.jobId, view);
    const asked = new Set([...parents, ...runIds]);
    parents = fresh.map(({ runId }) => runId).filter((runId) => !asked.has(runId));
  }
  return { views: [...found.values()], isWhole };
}

/** The job at the root need not be a child of any of them. */
async function withRunIds(lists: JobLists, runIds: readonly string[]): Promise<JobView[]> {
  // No run id is that of two jobs, unless the answer repeats a row.
  const query = new URLSearchParams({ limit: String(2 * runIds.length) });
  for (const runId of runIds) query.append('runId[]', runId);
  const { views } = await lists.search(query);
  return views.filter(({ runId }) => runIds.includes(runId));
}

async function childrenOf(
  lists: JobLists,
  parents: readonly string[],
  max: number,
): Promise<{ views: JobView[]; isWhole: boolean }> {
  const together = await inParts(parents, PARENTS_AT_ONCE_MAX, (part) => lists.childrenOfAll(part));
  const known = together.every((views) => views !== undefined);
  if (known) return { views: together.flatMap((views) => views), isWhole: true };
  const asked = parents.slice(0, PARENTS_MAX);
  const one = (part: readonly string[]): Promise<{ views: JobView[]; isWhole: boolean }[]> =>
    Promise.all(part.map((parent) => lists.childrenOf(parent, max)));
  const answers = (await inParts(asked, REQUESTS_AT_ONCE_MAX, one)).flat();
  return {
    views: answers.flatMap(({ views }) => views),
    isWhole: asked.length === parents.length && answers.every(({ isWhole }) => isWhole),
  };
}

/** One part after the other. */
async function inParts<Item, Answer>(
  items: readonly Item[],
  size: number,
  ask: (part: readonly Item[]) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < items.length; at += size) answers.push(await ask(items.slice(at, at + size)));
  return answers;
}

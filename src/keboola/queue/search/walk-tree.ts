import type { JobView } from '../../../job/job-view.js';
import { parentRunId } from '../../../job/run-id.js';
import type { JobLists } from './job-lists.js';
import type { Pages } from './pages.js';
import { searchQuery } from './search-query.js';

/** Deeper than any tree of Keboola's own: container, flow, phase, task, retry. */
const LEVELS_MAX = 12;
/** Asked one by one only where the route for many is not obeyed. */
const PARENTS_MAX = 100;
/** What an address surely holds: a run id has up to a hundred characters. */
const PARENTS_AT_ONCE_MAX = 40;
const REQUESTS_AT_ONCE_MAX = 5;

/**
 * The jobs with these run ids and all below them, level by level, since Queue v2 tells a job's children by its run id alone.
 *
 * @returns `isWhole` false where there may be more.
 */
export async function walkTree(lists: JobLists, runIds: readonly string[], max: number): Promise<Pages> {
  const found = new Map<string, JobView>();
  for (const view of await withRunIds(lists, runIds)) found.set(view.jobId, view);
  let isWhole = true;
  let parents = [...runIds];
  for (let level = 0; parents.length > 0; level++) {
    if (level >= LEVELS_MAX || found.size >= max) return { views: [...found.values()], isWhole: false };
    const children = await childrenOf(lists, { parents, known: [...found.values()], max });
    isWhole &&= children.isWhole;
    const fresh = children.views.filter(({ jobId }) => !found.has(jobId));
    for (const view of fresh) found.set(view.jobId, view);
    const asked = new Set([...parents, ...runIds]);
    parents = fresh.map(({ runId }) => runId).filter((runId) => !asked.has(runId));
  }
  return { views: [...found.values()], isWhole };
}

/** The job at the root need not be a child of any of them. A list of no parent may leave out those that have one. */
async function withRunIds(lists: JobLists, runIds: readonly string[]): Promise<JobView[]> {
  // No run id is that of two jobs, unless the answer repeats a row.
  const query = searchQuery({ limit: 2 * runIds.length });
  for (const runId of runIds) query.append('runId[]', runId);
  const found = (await lists.search(query)).views.filter(({ runId }) => runIds.includes(runId));
  const parent = runIds.map(parentRunId).find((above) => above !== undefined);
  if (found.length > 0 || parent === undefined) return found;
  const { views } = await lists.childrenOf(parent, PARENTS_MAX);
  return views.filter(({ runId }) => runIds.includes(runId));
}

interface Level {
  parents: readonly string[];
  known: readonly JobView[];
  max: number;
}

async function childrenOf(lists: JobLists, { parents, known, max }: Level): Promise<Pages> {
  const together = await childrenOfAll(lists, parents, known);
  if (together) return { views: together, isWhole: true };
  const asked = parents.slice(0, PARENTS_MAX);
  const one = (part: readonly string[]): Promise<Pages[]> =>
    Promise.all(part.map((parent) => lists.childrenOf(parent, max)));
  const answers = (await inParts(asked, REQUESTS_AT_ONCE_MAX, one)).flat();
  return {
    views: answers.flatMap(({ views }) => views),
    isWhole: asked.length === parents.length && answers.every(({ isWhole }) => isWhole),
  };
}

/**
 * All children in few answers. A route that is not understood answers an empty list, as one does that has nothing to show; so
 * the first question asks for a job that is known to be there, too.
 *
 * @returns undefined where the route is not obeyed, or there is nothing by which to tell.
 */
async function childrenOfAll(
  lists: JobLists,
  parents: readonly string[],
  known: readonly JobView[],
): Promise<JobView[] | undefined> {
  const control = known.find(({ runId }) => parents.includes(runId) && parentRunId(runId) !== undefined);
  if (!control) return undefined;
  const asked = [...new Set([parentRunId(control.runId) ?? '', ...parents])];
  const answers = await inParts(asked, PARENTS_AT_ONCE_MAX, (part) => lists.childrenOfAll(part));
  const isObeyed = answers[0]?.some(({ jobId }) => jobId === control.jobId) === true;
  if (!isObeyed || answers.includes(undefined)) return undefined;
  return answers.flatMap((views) => views ?? []);
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

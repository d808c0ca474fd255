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

interface Extent {
  /** About so many jobs are read at most. */
  max: number;
  /** A part of the tree is of no use: nothing more is asked for once not all can be had. */
  onlyWhole?: boolean;
}

/**
 * The jobs with these run ids and all below them, level by level, since Queue v2 tells a job's children by its run id alone.
 *
 * @returns `isWhole` false where there may be more.
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
    const children = await childrenOf(lists, { parents, known: [...found.values()], max, onlyWhole });
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

interface Level extends Required<Extent> {
  parents: readonly string[];
  known: readonly JobView[];
}

async function childrenOf(lists: JobLists, level: Level): Promise<Pages> {
  return (await childrenTogether(lists, level)) ?? (await childrenOneByOne(lists, level));
}

/**
 * All children in few answers. A route that is not understood answers an empty list, as one does that has nothing to show; so
 * the first question asks for the family of a job that is known to be there, too.
 *
 * @returns undefined where the route is not obeyed, or there is nothing by which to tell.
 */
async function childrenTogether(lists: JobLists, level: Level): Promise<Pages | undefined> {
  const wanted = new Set(level.parents);
  const control = level.known.find(({ runId }) => wanted.has(runId) && parentRunId(runId) !== undefined);
  if (!control) return undefined;
  const above = parentRunId(control.runId) ?? '';
  const asked = [...new Set([above, ...wanted])];
  const answers: Pages[] = [];
  for (let at = 0; at < asked.length; at += PARENTS_AT_ONCE_MAX) {
    const answer = await inHalves(lists, asked.slice(at, at + PARENTS_AT_ONCE_MAX), level);
    const isObeyed = at > 0 || answer?.views.some(({ runId }) => parentRunId(runId) === above);
    if (!answer || !isObeyed) return undefined;
    answers.push(answer);
  }
  const { views, isWhole } = joined(answers);
  return { views: views.filter(({ runId }) => wanted.has(parentRunId(runId) ?? '')), isWhole };
}

/** Where one answer has no room for the children of all, each half is asked for by itself, down to the pages of one job. */
async function inHalves(lists: JobLists, parents: readonly string[], level: Level): Promise<Pages | undefined> {
  const answer = await lists.childrenOfAll(parents);
  if (!answer || answer.isWhole) return answer;
  const [parent = '', ...others] = parents;
  // Of the family of the known job nobody needs to see all.
  if (others.length === 0 && !level.parents.includes(parent)) return { ...answer, isWhole: true };
  if (others.length === 0) return await lists.childrenOf(parent, level.max);
  const middle = Math.ceil(parents.length / 2);
  const first = await inHalves(lists, parents.slice(0, middle), level);
  const second = first && (await inHalves(lists, parents.slice(middle), level));
  return second && joined([first, second]);
}

async function childrenOneByOne(lists: JobLists, { parents, max, onlyWhole }: Level): Promise<Pages> {
  const asked = parents.slice(0, PARENTS_MAX);
  const isAll = asked.length === parents.length;
  if (onlyWhole && !isAll) return { views: [], isWhole: false };
  const answers: Pages[] = [];
  for (let at = 0; at < asked.length; at += REQUESTS_AT_ONCE_MAX) {
    const part = asked.slice(at, at + REQUESTS_AT_ONCE_MAX);
    answers.push(...(await Promise.all(part.map((parent) => lists.childrenOf(parent, max)))));
  }
  const { views, isWhole } = joined(answers);
  return { views, isWhole: isWhole && isAll };
}

function joined(answers: readonly Pages[]): Pages {
  return { views: answers.flatMap(({ views }) => views), isWhole: answers.every(({ isWhole }) => isWhole) };
}

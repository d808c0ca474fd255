import type { JobView } from '../../../job/job-view.js';
import { parentRunId } from '../../../job/run-id.js';
import type { JobLists } from './job-lists.js';
import { LevelRead, type Level } from './level-read.js';
import type { Pages } from './pages.js';

/** The most jobs that are asked one by one, which we only do if the route for many is ignored. */
const PARENTS_MAX = 100;
/** As many as surely fit into a URL: a RunId has up to a hundred characters. */
const PARENTS_AT_ONCE_MAX = 40;
const REQUESTS_AT_ONCE_MAX = 5;

/**
 * Reads the jobs directly below those of a level, until more are of no use.
 *
 * @returns `isWhole` is false if there may be more.
 */
export async function readLevel(lists: JobLists, level: Level): Promise<Pages> {
  return (await childrenTogether(lists, level)) ?? (await childrenOneByOne(lists, level));
}

/**
 * Reads all children in a few answers. A stack that ignores the route returns an empty list, just as if there were no
 * children. So the first request also asks for the siblings of a job that is known to exist. If one answer has no room
 * for all children, each half of the parents is asked for separately, down to the pages of a single parent. Halves are
 * asked after all other groups, since a full answer shows so many jobs that the maximum is soon exceeded.
 *
 * @returns undefined if the route is ignored, or we cannot tell.
 */
async function childrenTogether(lists: JobLists, level: Level): Promise<Pages | undefined> {
  const wanted = new Set(level.parents);
  const above = familyOf(level, wanted);
  if (above === undefined) return undefined;
  const isWanted = ({ runId }: JobView): boolean => wanted.has(parentRunId(runId) ?? '');
  const read = new LevelRead(level);
  const open = groupsOf([...new Set([above, ...wanted])]);
  let isObeyed = false;
  for (let group = open.shift(); group !== undefined && !read.isEnough; group = open.shift()) {
    const answer = await lists.childrenOfAll(group);
    if (!answer) return undefined;
    isObeyed ||= answer.views.some(({ runId }) => parentRunId(runId) === above);
    const isSplit = !answer.isWhole && group.length > 1;
    if (group.includes(above) && !isSplit && !isObeyed) return undefined;
    read.take({ views: answer.views.filter(isWanted), isWhole: true });
    if (isSplit) open.push(...halvesOf(group));
    // The siblings of the known job need not be complete.
    else if (!answer.isWhole && wanted.has(group[0] ?? '')) await readPagesOf(lists, group, read);
  }
  return read.pages;
}

/** The parent RunId of a known job whose children are wanted. */
function familyOf({ known }: Level, wanted: ReadonlySet<string>): string | undefined {
  const control = [...known.values()].find(({ runId }) => wanted.has(runId) && parentRunId(runId) !== undefined);
  return control && parentRunId(control.runId);
}

function groupsOf(parents: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(parents.length / PARENTS_AT_ONCE_MAX);
  return Array.from({ length: count }, (_, at) =>
    parents.slice(at * PARENTS_AT_ONCE_MAX, (at + 1) * PARENTS_AT_ONCE_MAX),
  );
}

function halvesOf(group: readonly string[]): (readonly string[])[] {
  const middle = Math.ceil(group.length / 2);
  return [group.slice(0, middle), group.slice(middle)];
}

async function childrenOneByOne(lists: JobLists, level: Level): Promise<Pages> {
  const asked = level.parents.slice(0, PARENTS_MAX);
  const isAll = asked.length === level.parents.length;
  if (level.onlyWhole && !isAll) return { views: [], isWhole: false };
  const read = new LevelRead(level);
  for (let at = 0; at < asked.length && !read.isEnough; at += REQUESTS_AT_ONCE_MAX) {
    await readPagesOf(lists, asked.slice(at, at + REQUESTS_AT_ONCE_MAX), read);
  }
  const { views, isWhole } = read.pages;
  return { views, isWhole: isWhole && isAll };
}

async function readPagesOf(lists: JobLists, parents: readonly string[], read: LevelRead): Promise<void> {
  const { room } = read;
  for (const answer of await Promise.all(parents.map((parent) => lists.childrenOf(parent, room)))) read.take(answer);
}

/**
 * Run ids: segments joined by dots, where a child's run id is its parent's plus segments of its own.
 *
 * The prefix is the only link between parent and child; the server keeps no list of children
 * (keboola/syrup `Command/JobCommand.php`, `Job/Metadata/Job.php`).
 */
const SEPARATOR = '.';

/** The segments of a run id; empty if the text is not a run id. Segments are compared as text, never as numbers. */
export function runIdSegments(runId: string): string[] {
  const segments = runId.split(SEPARATOR);
  return segments.every((segment) => /^[^\s.]+$/.test(segment)) ? segments : [];
}

/** Excludes words and characters that would change the meaning of a search. */
const PLAIN_SEGMENT = /^(?!(?:AND|OR|NOT|TO)$)[A-Za-z0-9][\w-]*$/;

/** Whether an author may give this run id. Keboola's own are numbers, and it takes any other text literally. */
export function isPlainRunId(text: string): boolean {
  const segments = runIdSegments(text);
  return segments.length > 0 && segments.every((segment) => PLAIN_SEGMENT.test(segment));
}

export function isRunId(text: string): boolean {
  return runIdSegments(text).length > 0;
}

/** A run id as a document shows it; undefined if it shows none yet, which views keep as an empty text. */
export function knownRunId(shown: string): string | undefined {
  return shown === '' ? undefined : shown;
}

/** The run id one level up, or undefined for a root. */
export function parentRunId(runId: string): string | undefined {
  const cut = runId.lastIndexOf(SEPARATOR);
  return cut > 0 ? runId.slice(0, cut) : undefined;
}

/** The run ids above this one, the nearest first. */
export function ancestorsOf(runId: string): string[] {
  const segments = runIdSegments(runId);
  return segments.slice(1).map((_, at) => segments.slice(0, segments.length - 1 - at).join(SEPARATOR));
}

/** Keboola counts the dots (keboola/syrup `Job::calculateNestingLevel`), so a root is 0. */
export function nestingLevel(runId: string): number {
  return Math.max(0, runIdSegments(runId).length - 1);
}

/** Whether `runId` lies anywhere below `ancestor`; a run id is not below itself. */
export function isBelow(runId: string, ancestor: string): boolean {
  return ancestor !== '' && runId.startsWith(ancestor + SEPARATOR) && isRunId(runId);
}

/** Whether `runId` is `parent` plus exactly one segment. */
export function isChildOf(runId: string, parent: string): boolean {
  return isBelow(runId, parent) && parentRunId(runId) === parent;
}

export function joinRunId(parent: string | undefined, segment: string): string {
  return parent === undefined || parent === '' ? segment : parent + SEPARATOR + segment;
}

/** What the ids of our markers begin with in the history of a workflow. No history may have other ones already. */
const OURS = 'keboola: ';

/**
 * The id of a marker that our workflows write with Temporal's `patched`. It tells a replay what the first run has done,
 * and never means a version of the code, so no author may switch it off.
 */
export function ourMark(name: string): string {
  return `${OURS}${name}`;
}

/** Whether a patch is a marker of ours, and no patch of an author's own workflows. */
export function isOurMark(patchId: string): boolean {
  return patchId.startsWith(OURS);
}

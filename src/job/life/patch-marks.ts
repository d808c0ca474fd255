/** Our markers begin with this in every history. It must never change while any history has one. */
const OURS = 'keboola: ';

/**
 * The id of a marker that our workflows write with Temporal's `patched`. It tells a replay what the first run has done,
 * and never means a version of the code, so no author may switch it off.
 */
export function ourMark(name: string): string {
  return `${OURS}${name}`;
}

/** Whether a patch id is one of our markers, not a patch of an author's workflows. */
export function isOurMark(patchId: string): boolean {
  return patchId.startsWith(OURS);
}

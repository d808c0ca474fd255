/** How much of a line an id may take; ids that are made from names of usual length are shorter. */
const LENGTH_MAX = 140;
const ELLIPSIS = '…';

/** An id for people to recognize: a long one keeps its beginning and its end. `--json` and `--detach` have it whole. */
export function shortId(workflowId: string): string {
  if (workflowId.length <= LENGTH_MAX) return workflowId;
  const kept = LENGTH_MAX - ELLIPSIS.length;
  const tail = Math.floor(kept / 3);
  return (workflowId.slice(0, kept - tail) + ELLIPSIS + workflowId.slice(-tail)).toWellFormed();
}

/** Temporal's limit (`limit.maxIDLength`). A child with a longer id would fail the workflow task for ever. */
export const WORKFLOW_ID_BYTES_MAX = 1_000;

/** The server counts bytes, not letters. */
export function workflowIdBytes(workflowId: string): number {
  return new TextEncoder().encode(workflowId).length;
}

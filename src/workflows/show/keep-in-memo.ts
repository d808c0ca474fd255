import { log, upsertMemo, workflowInfo } from '@temporalio/workflow';
import { jsonBytes } from '../../job/bound-result.js';

/** Temporal terminates a workflow whose memo outgrows 2 MiB, and encryption makes one larger. */
const MEMO_BYTES_MAX = 1.4 * 1024 * 1024;

/** Keeps something in the memo, unless the author's own entries leave no room for it. */
export function keepInMemo(memo: Record<string, unknown>): void {
  const bytes = jsonBytes({ ...workflowInfo().memo, ...memo });
  if (bytes <= MEMO_BYTES_MAX) upsertMemo(memo);
  else log.warn(`The memo has no room for ${Object.keys(memo).join(', ')}: it would grow to ${bytes} bytes`);
}

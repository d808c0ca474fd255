import { isFence } from '../create/fence.js';
import { runIdSegments } from '../run-id.js';

/**
 * Whether a run id is that of a job which a creation of ours has made, as far as it can be told without asking anybody: it
 * was sent our fence, and has added one segment. What lies deeper has been spawned by such a job.
 */
export function isOurOwn(runId: string): boolean {
  const sent = runIdSegments(runId).at(-2);
  return sent !== undefined && isFence(sent);
}

import { isFence } from '../create/fence.js';
import { runIdSegments } from '../run-id.js';

/**
 * Whether a run id belongs to a job that a creation of ours made, as far as the run id alone can tell: it has our fence
 * and one more segment. Jobs that lie deeper were spawned by such a job.
 */
export function isOurOwn(runId: string): boolean {
  const sent = runIdSegments(runId).at(-2);
  return sent !== undefined && isFence(sent);
}

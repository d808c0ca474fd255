import type { Job } from '../../world/job-record.js';
import type { Call } from '../call.js';

/** Where to poll a job, whichever app has made it. */
export function jobUrl({ origin }: Call, { facts }: Job): string {
  return `${origin}/queue/job/${facts.id}`;
}

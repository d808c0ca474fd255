import { isDeepStrictEqual } from 'node:util';
import { startBusy } from '../../support/busy-project.js';
import { firstTicket } from '../../support/first-ticket.js';
import { scripted, settled, type JobLab } from '../../support/job-lab.js';
import { hang } from '../support/hang.js';
import type { QueueCreationCase } from './cases.js';

export const TOKEN = '5555-1-queue';

export interface PlayedCreation {
  case: QueueCreationCase;
  posts: number;
  /** Of what was asked for, how many jobs were made, and how many of these have run. */
  jobs: number;
  runs: number;
  told: string;
}

/** What the creations of the case hold, and no other. */
const OWN = '"durationSeconds":2}';
const LAG_SECONDS = 1;
const AS_DOCUMENTED = {
  queuePrimaryList: 'served',
  queueSearchParentRunId: 'exact',
  queuePrimaryParentRunId: 'prefix',
  queueVariables: 'echoed',
} as const;

/** Plays one case in a lab of which it has the only use meanwhile. */
export async function playQueueCreation(lab: JobLab, one: QueueCreationCase): Promise<PlayedCreation> {
  const { sandbox } = lab;
  sandbox.reset();
  await sandbox.settings({
    ...AS_DOCUMENTED,
    searchLagSeconds: LAG_SECONDS,
    firstTicket: firstTicket(),
    ...one.settings,
  });
  sandbox.faults.add({ ...one.fate.fault, bodyContains: OWN });
  const before = sandbox.counters.posts;
  const job = scripted({ durationSeconds: 2 });
  const { createFence, onAmbiguousCreate } = one;
  const handle = await lab.start({ ...job, createFence, onAmbiguousCreate });
  // While a workflow is under way: an idle server leaps by years, and then the other one's jobs would be over.
  if (one.isBusy) await startBusy(sandbox.url);
  const { result, error } = await Promise.race([settled(handle), hang()]);
  const made = (await sandbox.jobs()).filter(({ params }) => isDeepStrictEqual(params['configData'], job.configData));
  const failure = (error as { cause?: { type?: string } } | undefined)?.cause?.type;
  return {
    case: one,
    posts: sandbox.counters.posts - before - (one.isBusy ? 1 : 0),
    jobs: made.length,
    runs: made.filter(({ startTime }) => startTime !== null).length,
    told: result?.status ?? failure ?? String(error?.message),
  };
}

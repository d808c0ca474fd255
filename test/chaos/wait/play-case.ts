import { waitForCreatedUpdate } from '../../../src/job/messages.js';
import { closeTimeMs, scripted, settled, type JobLab } from '../../support/job-lab.js';
import { hang } from '../support/hang.js';
import type { Expected, WaitCase } from './wait-case.js';

export interface Played {
  case: WaitCase;
  counted: Expected & { posts: number };
}

/** What the cases change, as it is without them. */
const USUAL = {
  searchLagSeconds: 1,
  queueDaemonSeconds: 1,
  queueKillStatus: 202,
  queueKillFinished: 'refused',
  queueKillTerminating: 'accepted',
  queueSearchFinished: 'told',
  queueSearchParentRunId: 'exact',
  queuePrimaryParentRunId: 'prefix',
  queueSearchChildren: 'shown',
  queueGroupedFilters: 'bare',
  queuePrimaryList: 'served',
  queueEmptyObjects: 'list',
} as const;

/** Plays one case in a lab of which it has the only use meanwhile. */
export async function playWait(lab: JobLab, one: WaitCase): Promise<Played> {
  await lab.sandbox.settings({ ...USUAL, ...one.settings });
  for (const fault of one.faults) lab.sandbox.faults.add(fault);
  const before = lab.sandbox.counters;
  const known = new Set((await lab.sandbox.jobs()).map(({ id }) => id));
  const handle = await lab.start({ ...scripted(one.script), ...one.input });
  if (one.documents) {
    const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
    // With another run id it would be passed over as the job of somebody else, whatever it says.
    const runId = (await lab.sandbox.jobs()).find(({ id }) => String(id) === jobId)?.runId;
    for (const { document, ...calls } of one.documents) {
      const replaceBody = { id: Number(jobId), runId, ...document };
      lab.sandbox.faults.add({ route: 'read', jobId, ...calls, replaceBody });
    }
  }
  const { result, error } = await Promise.race([settled(handle), hang()]);
  lab.sandbox.faults.clear();
  const failure = (error as { cause?: { type?: string } } | undefined)?.cause?.type;
  const jobs = (await lab.sandbox.jobs()).filter(({ id }) => !known.has(id));
  const closedMs = await closeTimeMs(handle);
  return {
    case: one,
    counted: {
      told: result?.status ?? failure ?? String(error?.message),
      // The server's clock may leap on between the end of the workflow and this look.
      left: jobs.filter((job) => !job.isFinished || Date.parse(job.endTime ?? '') > closedMs).length,
      posts: lab.sandbox.counters.posts - before.posts,
    },
  };
}

import { waitForCreatedUpdate } from '../../../src/job/messages.js';
import { closeTimeMs, scripted, settled, type JobLab } from '../../support/job-lab.js';
import type { Expected, WaitCase } from './cases.js';

export interface Played {
  case: WaitCase;
  counted: Expected & { posts: number };
}

const HANG_MS = 60_000;

/** Plays one case in a lab of which it has the only use meanwhile. */
export async function playWait(lab: JobLab, one: WaitCase): Promise<Played> {
  for (const fault of one.faults) lab.sandbox.faults.add(fault);
  const before = lab.sandbox.counters;
  const known = new Set((await lab.sandbox.jobs()).map(({ id }) => id));
  const handle = await lab.start({ ...scripted(one.script), ...one.input });
  if (one.document && one.documentCalls) {
    const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
    const replaceBody = { id: Number(jobId), runId: '1.2', ...one.document };
    lab.sandbox.faults.add({ route: 'read', jobId, ...one.documentCalls, replaceBody });
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

async function hang(): Promise<{ result?: undefined; error: Error }> {
  return await new Promise((resolve) => {
    setTimeout(() => resolve({ error: new Error(`hangs for ${HANG_MS / 1_000} s`) }), HANG_MS).unref();
  });
}

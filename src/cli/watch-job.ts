import { setTimeout as sleep } from 'node:timers/promises';
import { NoWorkerError } from '../client/errors.js';
import type { JobHandle } from '../client/job-handle.js';
import type { JobSnapshot } from '../job/messages.js';
import type { JobResult } from '../job/result.js';

const LOOK_MS = 500;

/** What a watcher is told: a view of the job, or why there is none. */
export type Sighting = { snapshot: JobSnapshot } | { silence: string };

/**
 * Follows a workflow to its end and reports what changes on the way.
 *
 * @throws what `JobHandle.result` throws.
 */
export async function watchJob(handle: JobHandle, report: (sighting: Sighting) => void): Promise<JobResult> {
  const result = handle.result();
  const over = new AbortController();
  const looking = lookOften(handle, report, over.signal);
  try {
    return await result;
  } finally {
    over.abort();
    await looking;
  }
}

/** Bounded by the workflow's own end, which aborts it. */
async function lookOften(handle: JobHandle, report: (sighting: Sighting) => void, over: AbortSignal): Promise<void> {
  const isOver = (): boolean => over.aborted;
  // A query may hang for seconds; the end of the workflow does not wait for it.
  const ended = new Promise<undefined>((resolve) => over.addEventListener('abort', () => resolve(undefined)));
  while (!isOver()) {
    const sighting = await Promise.race([lookOnce(handle), ended]);
    if (sighting && !isOver()) report(sighting);
    await sleep(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
  }
}

/** That no worker answers is worth telling; whatever else goes wrong with one look, the next one comes soon. */
async function lookOnce(handle: JobHandle): Promise<Sighting | undefined> {
  try {
    return { snapshot: await handle.snapshot() };
  } catch (error) {
    return error instanceof NoWorkerError ? { silence: error.message } : undefined;
  }
}

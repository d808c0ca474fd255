import { setTimeout as sleep } from 'node:timers/promises';
import type { JobHandle } from '../client/job-handle.js';
import type { JobSnapshot } from '../job/messages.js';
import type { JobResult } from '../job/result.js';

const LOOK_MS = 500;
const SILENT_MS_MAX = 8_000;

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
  while (!isOver()) {
    const sighting = await lookOnce(handle, over);
    if (sighting && !isOver()) report(sighting);
    await sleep(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
  }
}

/** A query waits for a worker, so its silence is told before it gives up. */
async function lookOnce(handle: JobHandle, over: AbortSignal): Promise<Sighting | undefined> {
  const silence = {
    silence: 'no worker answers; start one with `keboola-temporal worker` (or `keboola-temporal dev`)',
  };
  const patience = new AbortController();
  try {
    const timeout = sleep(SILENT_MS_MAX, silence, { signal: AbortSignal.any([over, patience.signal]) });
    const snapshot = handle.snapshot().then((view) => ({ snapshot: view }));
    snapshot.catch(() => undefined);
    return await Promise.race([snapshot, timeout]);
  } catch {
    return undefined;
  } finally {
    patience.abort();
  }
}

import type { Worker } from '@temporalio/worker';
import { FORCE_MS_MIN } from '../worker/worker-defaults.js';

/**
 * The worker is broken and has not ended: the SDK's native half holds it, which only the end of the process can end.
 */
export class WorkerBroken extends Error {
  override readonly name = 'WorkerBroken';

  constructor(what: string) {
    super(`The worker ${what}. Its jobs go on in Keboola; start it again, and its workflows go on, too.`);
  }
}

/** Above the time after which a stopping worker is ended by force, and below the two minutes that we promise. */
const STOPPING_MS_MAX = FORCE_MS_MIN + 4_000;
/** How long a worker that has failed may take to release what it holds. */
const FAILED_MS_MAX = 4_000;
const LOOK_INTERVAL_MS = 500;

/**
 * Runs a worker to its end, but not forever: after a fault in the native half, `run()` may never end although the
 * worker no longer polls.
 *
 * @throws WorkerBroken if the worker does not end in time; the fault that it has ended with.
 */
export async function watchedRun(worker: Worker): Promise<void> {
  let look: NodeJS.Timeout | undefined;
  try {
    await Promise.race([worker.run(), new Promise<never>((_, reject) => (look = lookAt(worker, reject)))]);
  } finally {
    clearInterval(look);
  }
}

function lookAt(worker: Worker, broken: (reason: WorkerBroken) => void): NodeJS.Timeout {
  const since = new Map<string, number>();
  return setInterval(() => {
    const state = worker.getState();
    if (state === 'INITIALIZED' || state === 'RUNNING') return;
    const isOver = state === 'FAILED' || state === 'STOPPED';
    const stage = isOver ? 'ended' : 'stopping';
    const sinceMs = since.get(stage) ?? performance.now();
    since.set(stage, sinceMs);
    if (performance.now() - sinceMs < (isOver ? FAILED_MS_MAX : STOPPING_MS_MAX)) return;
    broken(new WorkerBroken(isOver ? 'has failed and cannot be shut down' : 'was told to stop but does not end'));
  }, LOOK_INTERVAL_MS);
}

import type { KeboolaClient } from '../../client.js';
import { JobCanceledError, JobFailedError } from '../../client/errors.js';
import type { JobResult } from '../../job/result.js';
import { snapshotLine } from '../text/job-text.js';
import { watch } from '../follow/watch.js';
import { QUEUE_CONNECTION } from '../local-stack.js';
import { endRow, type DemoRow, type RunEnd } from './demo-row.js';
import type { DemoRun, Interference } from './demo-runs.js';
import { stopwatch } from './stopwatch.js';

/** What a run needs to be played. */
export interface Stage extends Pick<Interference, 'killInKeboola'> {
  keboola: KeboolaClient;
  /** One of the worker's connections. */
  connection: string;
  /** Called whenever a row shows something new. */
  changed: () => void;
}

/** Plays one run to its end. */
export async function play(
  run: DemoRun,
  row: DemoRow,
  { keboola, connection, killInKeboola, changed }: Stage,
): Promise<void> {
  const tookMs = stopwatch();
  const input = (connection === QUEUE_CONNECTION && run.inputOnQueue) || run.input;
  const { handle } = await keboola.start({ ...input, connection });
  row.workflowId = handle.workflowId;
  const watched = watch(
    handle.result(),
    () => handle.snapshot(),
    (observed) => {
      row.line = 'silence' in observed ? observed.silence : snapshotLine(observed.snapshot);
      changed();
    },
  );
  const [end] = await Promise.all([outcomeOf(watched), run.interfere?.({ handle, killInKeboola })]);
  endRow(row, end, run.expected, tookMs());
  changed();
}

async function outcomeOf(watched: Promise<JobResult>): Promise<RunEnd> {
  try {
    const job = await watched;
    return { told: job.status, job };
  } catch (error) {
    if (error instanceof JobFailedError)
      return { told: error.type, message: error.message, ...(error.job && { job: error.job }) };
    if (error instanceof JobCanceledError)
      return { told: 'canceled', message: error.message, ...(error.job && { job: error.job }) };
    throw error;
  }
}

import type { KeboolaClient } from '../../client.js';
import { JobCanceledError, JobFailedError } from '../../client/errors.js';
import type { JobResult } from '../../job/result.js';
import { snapshotLine } from '../text/job-text.js';
import { watch } from '../follow/watch.js';
import type { DemoRun, Interference } from './demo-runs.js';

/** How one run stands, and at the end what came of it. */
export interface DemoRow {
  title: string;
  line: string;
  workflowId?: string;
  job?: JobResult;
  /** What the workflow told: a status or a failure type. */
  told?: string;
  asExpected?: boolean;
  message?: string;
  tookMs?: number;
}

/** Plays one run to its end; `changed` is called whenever the row shows something new. */
export async function play(
  run: DemoRun,
  row: DemoRow,
  {
    keboola,
    killInKeboola,
    changed,
  }: { keboola: KeboolaClient; changed: () => void } & Pick<Interference, 'killInKeboola'>,
): Promise<void> {
  const startedMs = Date.now();
  const { handle } = await keboola.start(run.input);
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
  Object.assign(row, end, { asExpected: end.told === run.expected, tookMs: Date.now() - startedMs, line: end.told });
  changed();
}

async function outcomeOf(watched: Promise<JobResult>): Promise<{ told: string; job?: JobResult; message?: string }> {
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

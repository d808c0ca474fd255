import type { JobHandle } from '../../client/handles/job-handle.js';
import { EXIT } from '../exit/exit-codes.js';
import { untilInterrupted, type OnInterrupt } from './interrupts.js';
import { endText, type JobEnd } from '../text/job-text.js';
import { followLive } from './live-job.js';
import type { Output } from '../text/output.js';

/** Prints a result as people want to read it. */
export type Tell<Result> = (end: Result, output: Output) => Promise<void> | void;

/** Follows a job to its end, prints its result and says with which code to leave. */
export async function followToExit<Result extends JobEnd>(
  handle: JobHandle<Result>,
  output: Output,
  onInterrupt: OnInterrupt,
  tell: Tell<Result> = (end) => output.result(end, endText(end)),
): Promise<number> {
  const interrupted = untilInterrupted(handle, onInterrupt, output);
  try {
    const end = await Promise.race([followLive(handle, output), interrupted]);
    if (typeof end === 'number') return left(handle, output, end);
    await tell(end, output);
    return EXIT.success;
  } finally {
    interrupted.off();
  }
}

/** People have read on standard error how to come back; programs get their one document. */
function left(
  { workflowId, runId }: Pick<JobHandle, 'workflowId' | 'runId'>,
  output: Output,
  exitCode: number,
): number {
  if (output.json) output.result({ workflowId, runId, detached: true, exitCode }, '');
  return exitCode;
}

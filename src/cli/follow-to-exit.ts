import type { JobHandle } from '../client/job-handle.js';
import { EXIT } from './exit-codes.js';
import { untilInterrupted, type OnInterrupt } from './interrupts.js';
import { resultText } from './job-text.js';
import { followLive } from './live-job.js';
import type { Output } from './output.js';

/** Follows a job to its end, prints its result and says with which code to leave. */
export async function followToExit(handle: JobHandle, output: Output, onInterrupt: OnInterrupt): Promise<number> {
  const interrupted = untilInterrupted(handle, onInterrupt, output);
  try {
    const end = await Promise.race([followLive(handle, output), interrupted]);
    if (typeof end === 'number') return left(handle, output, end);
    output.result(end, resultText(end));
    return EXIT.success;
  } finally {
    interrupted.off();
  }
}

/** People have read on standard error how to come back; programs get their one document. */
function left({ workflowId, runId }: JobHandle, output: Output, exitCode: number): number {
  if (output.json) output.result({ workflowId, runId, detached: true, exitCode }, '');
  return exitCode;
}

import { EXIT } from '../exit/exit-codes.js';
import { endText, type End } from '../text/end-text.js';
import type { Output } from '../text/output.js';
import { untilInterrupted, type Interrupting } from './interrupts.js';
import { followLive, type Followed } from './live.js';

/** Prints a result as people want to read it. */
export type Tell<Result> = (end: Result, output: Output) => Promise<void> | void;

/** Follows a workflow to its end and prints its result. @returns the exit code. */
export async function followToExit<Result extends End>(
  handle: Followed<Result>,
  output: Output,
  { onWarning, ...interrupting }: Interrupting & { onWarning?: 'accept' | 'fail' },
  tell: Tell<Result> = (end) => output.result(end, endText(end)),
): Promise<number> {
  const interrupted = untilInterrupted(handle, interrupting, output);
  try {
    const end = await Promise.race([followLive(handle, output), interrupted]);
    if (typeof end === 'number') return left(handle, output, end);
    // The workflow is over: interrupting the output leaves nothing that goes on.
    interrupted.off();
    await tell(end, output);
    return end.status === 'warning' && onWarning === 'fail' ? EXIT.warning : EXIT.success;
  } finally {
    interrupted.off();
  }
}

/** People were told on standard error how to come back; programs get their one document. */
function left({ workflowId, runId }: Followed<End>, output: Output, exitCode: number): number {
  if (output.json) output.result({ workflowId, runId, detached: true, exitCode }, '');
  return exitCode;
}

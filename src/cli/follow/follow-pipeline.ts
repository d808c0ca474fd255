import type { PipelineHandle } from '../../client/handles/pipeline-handle.js';
import { EXIT } from '../exit/exit-codes.js';
import { untilInterrupted, type OnInterrupt } from './interrupts.js';
import type { Output } from '../text/output.js';
import { followPipelineLive } from './live-pipeline.js';
import { pipelineText } from '../text/pipeline-text.js';

export interface FollowOptions {
  onInterrupt: OnInterrupt;
  onWarning?: 'accept' | 'fail';
}

/** Follows a pipeline to its end, prints its result and says with which code to leave. */
export async function followPipeline(
  handle: PipelineHandle,
  output: Output,
  { onInterrupt, onWarning }: FollowOptions,
): Promise<number> {
  const interrupted = untilInterrupted(handle, onInterrupt, output);
  try {
    const end = await Promise.race([followPipelineLive(handle, output), interrupted]);
    if (typeof end === 'number') return left(handle, output, end);
    output.result(end, pipelineText(end));
    return end.status === 'warning' && onWarning === 'fail' ? EXIT.warning : EXIT.success;
  } finally {
    interrupted.off();
  }
}

/** People have read on standard error how to come back; programs get their one document. */
function left({ workflowId, runId }: PipelineHandle, output: Output, exitCode: number): number {
  if (output.json) output.result({ workflowId, runId, detached: true, exitCode }, '');
  return exitCode;
}

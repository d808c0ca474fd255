import { PipelineCanceledError, PipelineFailedError } from '../../client/errors.js';
import type { PipelineHandle } from '../../client/handles/pipeline-handle.js';
import type { PipelineResult } from '../../job/pipeline/result.js';
import { EXIT } from '../exit/exit-codes.js';
import type { Output } from '../text/output.js';
import { followPipelineLive } from '../follow/live-pipeline.js';
import { pipelineText } from '../text/pipeline-text.js';

/** Waits until a pipeline that was asked to stop has done so, with all that it ran. */
export async function confirmStopped(handle: PipelineHandle, output: Output): Promise<number> {
  const { canceled, pipeline } = await endOf(handle, output);
  const happened = canceled ? 'Stopped.' : 'It had finished first.';
  const text = pipeline ? `${happened}\n${pipelineText(pipeline)}` : happened;
  output.result({ workflowId: handle.workflowId, canceled, ...(pipeline && { pipeline }) }, text);
  return EXIT.success;
}

/** A failure that does not come from the end of the pipeline is thrown on: some of it may still run. */
async function endOf(
  handle: PipelineHandle,
  output: Output,
): Promise<{ canceled: boolean; pipeline?: PipelineResult | undefined }> {
  try {
    return { canceled: false, pipeline: await followPipelineLive(handle, output) };
  } catch (error) {
    if (error instanceof PipelineCanceledError) return { canceled: true, pipeline: error.pipeline };
    const ended = error instanceof PipelineFailedError && error.type === 'PipelineFailed';
    if (ended) return { canceled: false, pipeline: error.pipeline };
    throw error;
  }
}

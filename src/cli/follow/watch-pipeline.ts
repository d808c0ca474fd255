import type { PipelineHandle } from '../../client/handles/pipeline-handle.js';
import type { PipelineResult } from '../../job/pipeline/result.js';
import type { PipelineView } from '../../job/pipeline/view.js';
import { watch, type Observed } from './watch.js';

/**
 * Follows a pipeline to its end and reports what changes on the way.
 *
 * @throws what `PipelineHandle.result` throws.
 */
export async function watchPipeline(
  handle: PipelineHandle,
  report: (observed: Observed<PipelineView>) => void,
): Promise<PipelineResult> {
  return await watch(handle.result(), () => handle.view(), report);
}

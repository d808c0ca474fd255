import type { JobEnd } from '../../client/handles/job-handle.js';
import type { PipelineResult } from '../../job/pipeline/result.js';
import { resultText, storageText } from './job-text.js';
import { pipelineText } from './pipeline-text.js';

/** What a workflow that can be followed leaves behind. */
export type End = JobEnd | PipelineResult;

/** What became of it, for people. */
export function endText(end: End): string {
  if ('phases' in end) return pipelineText(end);
  return 'operation' in end ? storageText(end) : resultText(end);
}

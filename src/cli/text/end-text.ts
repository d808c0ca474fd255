import type { JobEnd } from '../../client/handles/job-handle.js';
import type { PipelineResult } from '../../job/pipeline/result.js';
import { resultText, storageText } from './job-text.js';
import { pipelineText } from './pipeline-text.js';

/** The result of a workflow that can be followed. */
export type End = JobEnd | PipelineResult;

/** The outcome, for people. */
export function endText(end: End): string {
  if ('phases' in end) return pipelineText(end);
  return 'operation' in end ? storageText(end) : resultText(end);
}

import type { JobEnd } from '../../client/handles/job-handle.js';
import { isPipelineResult, type PipelineResult } from '../../job/pipeline/result.js';
import { isStorageResult } from '../../job/storage/result.js';
import { resultText, storageText } from './job-text.js';
import { pipelineText } from './pipeline-text.js';

/** What a workflow that can be followed leaves behind. */
export type End = JobEnd | PipelineResult;

/** What became of it, for people. */
export function endText(end: End): string {
  if (isPipelineResult(end)) return pipelineText(end);
  return isStorageResult(end) ? storageText(end) : resultText(end);
}

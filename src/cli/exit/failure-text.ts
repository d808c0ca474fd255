import { JobCanceledError, JobFailedError, PipelineCanceledError, PipelineFailedError } from '../../client/errors.js';
import type { PipelineResult } from '../../job/pipeline/result.js';
import type { JobResult } from '../../job/result.js';
import type { StorageJobResult } from '../../job/storage/result.js';
import { exitCodeOf } from './exit-codes.js';
import { endText } from '../text/end-text.js';
import { wordsOf } from './words-of.js';

/** A failure as programs see it. */
export interface FailureDocument {
  /** A failure type from the closed list, or the name of the error. */
  type: string;
  message: string;
  exitCode: number;
  job?: JobResult;
  storage?: StorageJobResult;
  pipeline?: PipelineResult;
}

export function failureDocument(error: unknown): FailureDocument {
  const job = error instanceof JobFailedError || error instanceof JobCanceledError ? error.job : undefined;
  const storage = error instanceof JobFailedError ? error.storage : undefined;
  const hasPipeline = error instanceof PipelineFailedError || error instanceof PipelineCanceledError;
  const pipeline = hasPipeline ? error.pipeline : undefined;
  return {
    type: typeOf(error),
    message: wordsOf(error),
    exitCode: exitCodeOf(error),
    ...(job && { job }),
    ...(storage && { storage }),
    ...(pipeline && { pipeline }),
  };
}

/** What people read below the message: what became of the job, without the message again. */
export function aftermathLines({ message, job, storage, pipeline }: FailureDocument): string[] {
  return [job, storage, pipeline].flatMap((end) => (end ? [endText(end).replace(`\n${message}\n`, () => '\n')] : []));
}

function typeOf(error: unknown): string {
  if (error instanceof JobFailedError || error instanceof PipelineFailedError) return error.type;
  return error instanceof Error ? error.name : 'Error';
}

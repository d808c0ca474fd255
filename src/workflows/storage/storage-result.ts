import type { JobView } from '../../job/job-view.js';
import type { StorageJobResult } from '../../job/storage/result.js';
import { briefIfAsked } from '../show/brief-if-asked.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';

/** Turns a Storage job that is over into the workflow's result. @throws ApplicationFailure `StorageJobFailed`. */
export function resultOrFailure(life: JobLife, end: JobView): StorageJobResult {
  const result = resultOf(life, end);
  if (!result.error) return result;
  const { code, message, exceptionId } = result.error;
  const marks = [code, exceptionId && `exception id ${exceptionId}`].filter((mark) => mark !== undefined);
  throw failure('StorageJobFailed', marks.length === 0 ? message : `${message} (${marks.join(', ')})`, result);
}

function resultOf({ job, state }: JobLife, end: JobView): StorageJobResult {
  const { result, truncated } = briefIfAsked(end);
  const { createdTime, startTime, endTime } = end;
  return {
    jobId: end.jobId,
    runId: end.runId,
    operation: end.operation ?? '',
    status: end.status === 'success' ? 'success' : 'error',
    ...(result !== undefined && { results: result }),
    ...(truncated && { truncated }),
    ...(end.status !== 'success' && { error: errorOf(end) }),
    url: job.url,
    ...(createdTime !== undefined && { createdTime }),
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime }),
    ...(state.attempt > 1 && { attempts: state.attempt }),
    polls: state.snapshot.polls,
    adopted: job.found === true,
  };
}

function errorOf({ jobId, message, error, exceptionId }: JobView): NonNullable<StorageJobResult['error']> {
  return {
    ...(error !== undefined && { code: error }),
    message: message ?? `Storage job ${jobId} failed.`,
    ...(exceptionId !== undefined && { exceptionId }),
  };
}

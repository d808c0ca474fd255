import { JobCanceledError, JobFailedError, PipelineCanceledError, PipelineFailedError } from '../client/errors.js';
import { grpcCause } from '../temporal/grpc-cause.js';
import { exitCodeOf } from './exit-codes.js';
import { resultText, storageText } from './job-text.js';
import type { Output } from './output.js';
import { pipelineText } from './pipeline/pipeline-text.js';

/** Tells a failure to people or, with `--json`, to programs. @returns the exit code. */
export function reportError(error: unknown, output: Output): number {
  const exitCode = exitCodeOf(error);
  const message = messageOf(error);
  const job = error instanceof JobFailedError || error instanceof JobCanceledError ? error.job : undefined;
  const storage = error instanceof JobFailedError ? error.storage : undefined;
  const pipeline =
    error instanceof PipelineFailedError || error instanceof PipelineCanceledError ? error.pipeline : undefined;
  const type = typeOf(error);
  if (output.json) {
    output.result(
      {
        error: {
          type,
          message,
          exitCode,
          ...(job && { job }),
          ...(storage && { storage }),
          ...(pipeline && { pipeline }),
        },
      },
      '',
    );
    return exitCode;
  }
  output.error(`${type}: ${message}`);
  if (job) output.say(resultText(job));
  if (storage) output.say(storageText(storage));
  if (pipeline) output.say(pipelineText(pipeline));
  return exitCode;
}

function typeOf(error: unknown): string {
  if (error instanceof JobFailedError || error instanceof PipelineFailedError) return error.type;
  return error instanceof Error ? error.name : 'Error';
}

/** The SDK says what it did ("Failed to list workflows"), only the server says what is wrong. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const { details = '' } = grpcCause(error) ?? {};
  return message.includes(details) ? message : `${message}: ${details}`;
}

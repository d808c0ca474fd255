import { JobCanceledError, JobFailedError, PipelineCanceledError, PipelineFailedError } from '../../client/errors.js';
import type { AnyHandle } from '../../client/handles/open-workflow.js';
import { EXIT } from '../exit/exit-codes.js';
import { failureDocument } from '../exit/failure-text.js';
import { followLive } from '../follow/live.js';
import { endText, type End } from '../text/end-text.js';
import type { Output } from '../text/output.js';

/** @returns the exit code. @throws what keeps it from being known that it has stopped. */
export async function cancelOne(handle: AnyHandle, output: Output, wait: boolean): Promise<number> {
  const { workflowId } = handle;
  const asked = await handle.cancel();
  if (wait) return await confirm(handle, output, asked);
  output.result({ workflowId, asked }, asked ? `Asked to stop ${workflowId}.` : `${workflowId} had ended already.`);
  return EXIT.success;
}

/** Here a canceled workflow is the success that was asked for; so is one that ended by itself. */
async function confirm(handle: AnyHandle, output: Output, asked: boolean): Promise<number> {
  const { canceled, end } = await endOfStop(() => followLive<End>(handle, output));
  const isEmpty = handle.kind === 'job' && !end;
  const done = isEmpty ? 'Stopped before a job was created.' : 'Stopped.';
  const stopped = asked ? done : 'It had been stopped before.';
  const text = [canceled ? stopped : 'It had finished first.', ...(end ? [endText(end)] : [])];
  const { workflowId } = handle;
  output.result({ workflowId, canceled, ...(end && { [handle.kind]: end }) }, text.join('\n'));
  return EXIT.success;
}

/** What came of a stop: it was stopped, or it had finished first. */
export interface StopEnd {
  canceled: boolean;
  end?: End;
}

/**
 * @param result waits for the end of what was asked to stop.
 * @throws a failure that does not come from that end: some of it may still run.
 */
export async function endOfStop(result: () => Promise<End>): Promise<StopEnd> {
  try {
    return { canceled: false, end: await result() };
  } catch (error) {
    // It names what has ended so far, too.
    if (isNotConfirmed(error)) throw error;
    const { job, storage, pipeline } = failureDocument(error);
    const end = job ?? storage ?? pipeline;
    // A job that is left to itself goes on; that is no success of a command that stops.
    const canceled = error instanceof PipelineCanceledError || (error instanceof JobCanceledError && !error.left);
    if (!canceled && !end) throw error;
    return { canceled, ...(end && { end }) };
  }
}

function isNotConfirmed(error: unknown): boolean {
  const isFailure = error instanceof JobFailedError || error instanceof PipelineFailedError;
  return isFailure && error.type === 'KillNotConfirmed';
}

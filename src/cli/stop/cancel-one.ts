import { JobCanceledError, JobFailedError, PipelineCanceledError, PipelineFailedError } from '../../client/errors.js';
import type { AnyHandle } from '../../client/handles/open-workflow.js';
import { EXIT } from '../exit/exit-codes.js';
import { failureDocument } from '../exit/failure-text.js';
import { interruptible } from '../follow/interruptible.js';
import { followLive } from '../follow/live.js';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { endText, type End } from '../text/end-text.js';
import type { Output } from '../text/output.js';

/**
 * @returns the exit code.
 * @throws the reason why the stop could not be confirmed; Interrupted, which says whether a stop was requested.
 */
export async function cancelOne(handle: AnyHandle, output: Output, wait: boolean): Promise<number> {
  let isSent = false;
  const left = (): string => leftText(handle.workflowId, isSent);
  const work = async (): Promise<number> => {
    const asked = await handle.cancel();
    isSent = true;
    return await told(handle, output, { asked, wait });
  };
  return await interruptible(left, work, 0);
}

function leftText(workflowId: string, isSent: boolean): string {
  const how = isSent
    ? 'the stop is requested and goes on; it was not waited for until Keboola confirms'
    : 'whether the stop was requested is not known';
  return `${how}.\n  watch it:  keboola-temporal follow ${shellQuoted(workflowId)}`;
}

interface Asked {
  asked: boolean;
  wait: boolean;
}

async function told(handle: AnyHandle, output: Output, { asked, wait }: Asked): Promise<number> {
  const { workflowId } = handle;
  if (wait) return await confirm(handle, output, asked);
  output.result({ workflowId, asked }, asked ? `Asked to stop ${workflowId}.` : `${workflowId} had ended already.`);
  return EXIT.success;
}

/** Here a canceled workflow is the success that was asked for, and so is one that ended by itself. */
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

/** The outcome of a stop: it was stopped, or it had finished first. */
export interface StopEnd {
  canceled: boolean;
  end?: End;
}

/**
 * @param result waits for the end of what was asked to stop.
 * @throws a failure that is not that end: some of the work may still run.
 */
export async function endOfStop(result: () => Promise<End>): Promise<StopEnd> {
  try {
    return { canceled: false, end: await result() };
  } catch (error) {
    // This error carries what has ended so far, too, but the rest may still run.
    if (isNotConfirmed(error)) throw error;
    const { job, storage, pipeline } = failureDocument(error);
    const end = job ?? storage ?? pipeline;
    // A job that was left alone goes on; for a command that stops jobs, that is no success.
    const canceled = error instanceof PipelineCanceledError || (error instanceof JobCanceledError && !error.left);
    if (!canceled && !end) throw error;
    return { canceled, ...(end && { end }) };
  }
}

function isNotConfirmed(error: unknown): boolean {
  const isFailure = error instanceof JobFailedError || error instanceof PipelineFailedError;
  return isFailure && error.type === 'KillNotConfirmed';
}

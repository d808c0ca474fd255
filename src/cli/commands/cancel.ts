import type { Command } from 'commander';
import { JobCanceledError, PipelineCanceledError } from '../../client/errors.js';
import type { AnyHandle } from '../../client/handles/open-workflow.js';
import { act } from '../act.js';
import { inConnection, withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { failureDocument } from '../exit/failure-text.js';
import { followLive } from '../follow/live.js';
import { endText, type End } from '../text/end-text.js';
import type { Output } from '../text/output.js';

export function addCancel(program: Command): void {
  program
    .command('cancel')
    .description('Stop a job or a pipeline, and wait until Keboola confirms that it has stopped')
    .argument('<id>', 'workflow id or Keboola job id')
    .option('--no-wait', 'only ask for it')
    .addHelpText('after', '\nExample:\n  keboola-temporal cancel 186985832')
    .action(act(cancel));
}

async function cancel(context: Context, id: string, options: { wait: boolean }): Promise<number> {
  return await withTemporal(context, async ({ keboola, output, connection }) => {
    const handle = await keboola.open(id, inConnection(connection));
    const { workflowId } = handle;
    const asked = await handle.cancel();
    if (options.wait) return await confirm(handle, output, asked);
    output.result({ workflowId, asked }, asked ? `Asked to stop ${workflowId}.` : `${workflowId} had ended already.`);
    return EXIT.success;
  });
}

/** Here a canceled workflow is the success that was asked for; so is one that ended by itself. */
async function confirm(handle: AnyHandle, output: Output, asked: boolean): Promise<number> {
  const { canceled, end } = await endOf(handle, output);
  const isEmpty = handle.kind === 'job' && !end;
  const done = isEmpty ? 'Stopped before a job was created.' : 'Stopped.';
  const stopped = asked ? done : 'It had been stopped before.';
  const text = [canceled ? stopped : 'It had finished first.', ...(end ? [endText(end)] : [])];
  const { workflowId } = handle;
  output.result({ workflowId, canceled, ...(end && { [handle.kind]: end }) }, text.join('\n'));
  return EXIT.success;
}

/** A failure that does not come from the end of what was asked to stop is thrown on: some of it may still run. */
async function endOf(handle: AnyHandle, output: Output): Promise<{ canceled: boolean; end?: End }> {
  try {
    return { canceled: false, end: await followLive<End>(handle, output) };
  } catch (error) {
    const { job, storage, pipeline } = failureDocument(error);
    const end = job ?? storage ?? pipeline;
    // A job that is left to itself goes on; that is no success of a command that stops.
    const canceled = error instanceof PipelineCanceledError || (error instanceof JobCanceledError && !error.left);
    if (!canceled && !end) throw error;
    return { canceled, ...(end && { end }) };
  }
}

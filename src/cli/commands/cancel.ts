import type { Command } from 'commander';
import { JobCanceledError, JobFailedError } from '../../client/errors.js';
import type { JobHandle } from '../../client/handles/job-handle.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { endText, type JobEnd } from '../text/job-text.js';
import { followLive } from '../follow/live-job.js';
import type { Output } from '../text/output.js';
import { confirmStopped } from '../pipeline/cancel-pipeline.js';
import { isPipeline } from '../pipeline/is-pipeline.js';

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
  return await withTemporal(context, async ({ keboola, temporal, output }) => {
    const handle = await keboola.find(id);
    const { workflowId, runId } = handle;
    const asked = await handle.cancel();
    if (options.wait && (await isPipeline(temporal, workflowId, runId))) {
      return await confirmStopped(keboola.pipeline(workflowId, runId), output);
    }
    if (options.wait) return await confirm(handle, output);
    output.result({ workflowId, asked }, asked ? `Asked to stop ${workflowId}.` : `${workflowId} had ended already.`);
    return EXIT.success;
  });
}

/** Here a canceled workflow is the success that was asked for; so is a job that ended by itself. */
async function confirm(handle: JobHandle, output: Output): Promise<number> {
  const { canceled, job } = await endOf(handle, output);
  const happened = canceled ? (job ? 'Stopped.' : 'Stopped before a job was created.') : 'It had finished first.';
  const text = job ? `${happened}\n${endText(job)}` : happened;
  output.result({ workflowId: handle.workflowId, canceled, ...(job && { job }) }, text);
  return EXIT.success;
}

/** A failure that does not come from the end of the job is thrown on: the job may still run. */
async function endOf(handle: JobHandle, output: Output): Promise<{ canceled: boolean; job?: JobEnd }> {
  try {
    return { canceled: false, job: await followLive(handle, output) };
  } catch (error) {
    // What was attached to goes on; that is no success of a command that stops.
    if (error instanceof JobCanceledError && !error.left) {
      return { canceled: true, ...(error.job && { job: error.job }) };
    }
    const job = error instanceof JobFailedError ? (error.job ?? error.storage) : undefined;
    if (job) return { canceled: false, job };
    throw error;
  }
}

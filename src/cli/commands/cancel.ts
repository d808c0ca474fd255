import { WorkflowNotFoundError } from '@temporalio/client';
import type { Command } from 'commander';
import { JobCanceledError, NoSuchJobError } from '../../client/errors.js';
import type { JobHandle } from '../../client/job-handle.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { resultText } from '../job-text.js';
import { followLive } from '../live-job.js';
import type { Output } from '../output.js';

export function addCancel(program: Command): void {
  program
    .command('cancel')
    .description('Stop a job, and wait until Keboola confirms that it has stopped')
    .argument('<id>', 'workflow id or Keboola job id')
    .option('--no-wait', 'only ask for it')
    .addHelpText('after', '\nExample:\n  keboola-temporal cancel 186985832')
    .action(act(cancel));
}

async function cancel(context: Context, id: string, options: { wait: boolean }): Promise<number> {
  return await withTemporal(context, async ({ keboola, output }) => {
    const handle = await keboola.find(id);
    await ask(handle);
    if (options.wait) return await confirm(handle, output);
    output.result({ workflowId: handle.workflowId, asked: true }, `Asked to stop ${handle.workflowId}.`);
    return EXIT.success;
  });
}

async function ask(handle: JobHandle): Promise<void> {
  try {
    await handle.cancel();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw new NoSuchJobError(`${handle.workflowId} is not running (or does not exist); nothing was stopped.`);
  }
}

/** Here a canceled workflow is the success that was asked for. */
async function confirm(handle: JobHandle, output: Output): Promise<number> {
  try {
    const job = await followLive(handle, output);
    output.result(
      { workflowId: handle.workflowId, canceled: false, job },
      `It had finished first.\n${resultText(job)}`,
    );
    return EXIT.success;
  } catch (error) {
    if (!(error instanceof JobCanceledError)) throw error;
    const { job } = error;
    const text = job ? `Stopped.\n${resultText(job)}` : 'Stopped before a job was created.';
    output.result({ workflowId: handle.workflowId, canceled: true, ...(job && { job }) }, text);
    return EXIT.success;
  }
}

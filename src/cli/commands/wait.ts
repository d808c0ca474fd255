import type { Command } from 'commander';
import type { CancelPolicy } from '../../job/wait/input.js';
import { isJobId } from '../../client/list-jobs.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { UsageError } from '../exit/usage-error.js';
import { followStarted } from '../follow/follow-started.js';
import { untilStarted } from '../follow/until-started.js';
import { addFollowOptions, type FollowOptions } from '../options/follow-options.js';
import { choice } from '../options/run-options.js';

interface WaitOptions extends FollowOptions {
  onCancel?: CancelPolicy;
}

export function addWait(program: Command): void {
  const command = program
    .command('wait')
    .description('Wait durably for a job that was started elsewhere')
    .argument('<jobId>', 'id of the job in Keboola')
    .addOption(
      choice('--on-cancel <what>', 'what happens to the job if the wait is stopped (default: leave)', [
        'leave',
        'kill',
      ]),
    );
  addFollowOptions(command)
    .addHelpText('after', '\nExample:\n  keboola-temporal wait 186985832 --on-cancel kill')
    .action(act(wait));
}

async function wait(context: Context, jobId: string, options: WaitOptions): Promise<number> {
  if (!isJobId(jobId)) {
    throw new UsageError(`"${jobId}" is not a job id; job ids in Keboola are numbers, for example 186985832.`);
  }
  return await withTemporal(context, async ({ keboola, connection, output }) => {
    const starting = keboola.startWait({
      jobId,
      ...(connection !== undefined && { connection }),
      ...(options.onCancel && { onCancel: options.onCancel }),
    });
    return await followStarted(await untilStarted(starting, output, options), output, options);
  });
}

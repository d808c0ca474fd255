import { Option, type Command } from 'commander';
import type { CancelPolicy } from '../../job/wait-input.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { tellDetached } from '../follow/detached.js';
import { EXIT } from '../exit/exit-codes.js';
import { followToExit } from '../follow/follow-to-exit.js';
import type { OnInterrupt } from '../follow/interrupts.js';
import { agoText } from '../text/time-text.js';

interface AttachOptions {
  onCancel?: CancelPolicy;
  onInterrupt: OnInterrupt;
  detach?: boolean;
}

export function addAttach(program: Command): void {
  program
    .command('attach')
    .description('Wait durably for a job that was started elsewhere')
    .argument('<jobId>', 'id of the job in Keboola')
    .addOption(
      new Option('--on-cancel <what>', 'what stopping the wait does to the job (default: leave)').choices([
        'leave',
        'kill',
      ]),
    )
    .addOption(new Option('--on-interrupt <what>', 'on Ctrl-C').choices(['detach', 'cancel']).default('detach'))
    .option('--detach', 'start the wait, print its ids and leave')
    .addHelpText('after', '\nExample:\n  keboola-temporal attach 186985832 --on-cancel kill')
    .action(act(attach));
}

async function attach(context: Context, jobId: string, options: AttachOptions): Promise<number> {
  return await withTemporal(context, async ({ keboola, output }) => {
    const { handle, attached, startTime } = await keboola.attach({
      jobId,
      ...(context.connection !== undefined && { connection: context.connection }),
      ...(options.onCancel && { onCancel: options.onCancel }),
    });
    const { workflowId } = handle;
    output.say(attached ? `Joined the wait started ${agoText(startTime)}: ${workflowId}` : `Started ${workflowId}`);
    if (!options.detach) return await followToExit(handle, output, options.onInterrupt);
    tellDetached({ handle, attached, startTime }, output);
    return EXIT.success;
  });
}

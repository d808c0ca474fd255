import { Argument, type Command } from 'commander';
import { InvalidInputError } from '../../client/errors.js';
import { ACTION_METHODS, type RunAsyncActionInput } from '../../job/async-action.js';
import { checkRunAsyncActionInput } from '../../input/check-input.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { tellDetached } from '../follow/detached.js';
import { EXIT } from '../exit/exit-codes.js';
import { followToExit } from '../follow/follow-to-exit.js';
import type { OnInterrupt } from '../follow/interrupts.js';
import { readJsonArguments } from '../options/json-argument.js';
import { choice } from '../options/run-options.js';

interface CallOptions {
  body?: string;
  parentRunId?: string;
  queueTimeout?: string;
  runTimeout?: string;
  key?: string;
  onInterrupt: OnInterrupt;
  detach?: boolean;
}

export function addCall(program: Command): void {
  program
    .command('call')
    .description("Make a component's own call that is answered by a job, and follow the job to its end")
    .addArgument(new Argument('<method>', 'the verb').choices(ACTION_METHODS))
    .argument('<path>', 'below the component, for example /gooddata-writer/v2/main/projects')
    .option('--body <json>', 'body of the call: JSON, @FILE or - for standard input')
    .option('--parent-run-id <runId>', 'put the job below this run (default: KBC_RUNID)')
    .option('--queue-timeout <duration>', 'longest wait for a start, for example 30m or 2h')
    .option('--run-timeout <duration>', 'longest run, for example 90s or 1d')
    .option('--key <text>', 'names the call; one that runs under the same key is attached to')
    .addOption(choice('--on-interrupt <what>', 'on Ctrl-C', ['detach', 'cancel']).default('detach'))
    .option('--detach', 'start it, print its ids and leave')
    .addHelpText(
      'after',
      '\nExample:\n  keboola-temporal call POST /gooddata-writer/v2/main/load-data --body \'{"tables":["out.c-main.orders"]}\'',
    )
    .action(act(call));
}

async function call(
  context: Context,
  method: RunAsyncActionInput['method'],
  path: string,
  options: CallOptions,
): Promise<number> {
  const { '--body': body } = await readJsonArguments({ '--body': options.body });
  const parentRunId = options.parentRunId ?? context.settings.parentRunId;
  const { queueTimeout, runTimeout, key, onInterrupt, detach } = options;
  const check = checkRunAsyncActionInput({
    ...{ method, path },
    ...(context.connection !== undefined && { connection: context.connection }),
    ...(body && { body }),
    ...(parentRunId !== undefined && { parentRunId }),
    ...(queueTimeout !== undefined && { queueTimeout }),
    ...(runTimeout !== undefined && { runTimeout }),
  });
  if (!check.ok) throw new InvalidInputError(check.problems);
  return await withTemporal(context, async ({ keboola, output }) => {
    const { handle, attached, startTime } = await keboola.startAsyncAction(
      check.value,
      key === undefined ? {} : { key },
    );
    const { workflowId } = handle;
    output.say(attached ? `Attached to ${workflowId}` : `Started ${workflowId}`);
    if (!detach) return await followToExit(handle, output, onInterrupt);
    tellDetached({ handle, attached, startTime }, output);
    return EXIT.success;
  });
}

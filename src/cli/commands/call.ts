import { Argument, type Command } from 'commander';
import { valid } from '../../client/valid.js';
import { ACTION_METHODS, type RunAsyncActionInput } from '../../job/async-action.js';
import { checkRunAsyncActionInput } from '../../input/check-input.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { followStarted } from '../follow/follow-started.js';
import { untilStarted } from '../follow/until-started.js';
import { addFollowOptions, type FollowOptions } from '../options/follow-options.js';
import { readJsonArguments } from '../options/json-argument.js';

interface CallOptions extends FollowOptions {
  body?: string;
  parentRunId?: string;
  queueTimeout?: string;
  runTimeout?: string;
  key?: string;
}

export function addCall(program: Command): void {
  const command = program
    .command('call')
    .description("Make a component's own call that is answered by a job, and follow the job to its end")
    .addArgument(new Argument('<method>', 'the verb').choices(ACTION_METHODS))
    .argument('<path>', 'below the component, for example /gooddata-writer/v2/main/projects')
    .option('--body <json>', 'body of the call: JSON, @FILE or - for standard input')
    .option('--parent-run-id <runId>', 'put the job below this run (default: KBC_RUNID)')
    .option('--queue-timeout <duration>', 'longest wait for a start, for example 30m or 2h')
    .option('--run-timeout <duration>', 'longest run, for example 90s or 1d')
    .option('--key <text>', 'names the call; one that runs under the same key is attached to');
  addFollowOptions(command)
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
  const { queueTimeout, runTimeout, key } = options;
  const fields = {
    method,
    path,
    ...(context.connection !== undefined && { connection: context.connection }),
    ...(body && { body }),
    ...(parentRunId !== undefined && { parentRunId }),
    ...(queueTimeout !== undefined && { queueTimeout }),
    ...(runTimeout !== undefined && { runTimeout }),
  };
  const input = valid(checkRunAsyncActionInput(fields));
  return await withTemporal(context, async ({ keboola, output }) => {
    const started = await untilStarted(
      keboola.startAsyncAction(input, key === undefined ? {} : { key }),
      output,
      options,
    );
    return await followStarted(started, output, options);
  });
}

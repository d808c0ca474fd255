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
import { durationText } from '../options/numbers.js';

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
    .description('Call an endpoint of a component that starts a job, and follow the job to its end')
    .addArgument(new Argument('<method>', 'HTTP method').choices(ACTION_METHODS))
    .argument('<path>', 'path that begins with the component, for example /gooddata-writer/v2/main/projects')
    .option('--body <json>', 'body of the call: JSON, @FILE or - for standard input')
    .option('--parent-run-id <runId>', 'put the job below this run (default: KBC_RUNID)')
    .option('--queue-timeout <duration>', 'longest wait until the job starts, for example 30m or 2h')
    .option('--run-timeout <duration>', 'longest run of the job, for example 90s or 1d', durationText)
    .option('--key <text>', 'name for this call; if a call with this key is already running, attach to it');
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

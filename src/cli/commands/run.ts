import { Option, type Command } from 'commander';
import type { StartOptions } from '../../client.js';
import type { RunJobInput } from '../../job/input.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { followToExit } from '../follow-to-exit.js';
import type { OnInterrupt } from '../interrupts.js';
import { readJsonArgument } from '../json-argument.js';
import { agoText } from '../time-text.js';
import { dryRun } from './dry-run.js';

interface RunOptions {
  configData?: string;
  params?: string;
  parentRunId?: string;
  onWarning?: 'accept' | 'fail';
  onTerminated?: 'cancel' | 'fail';
  ifRunning?: StartOptions['ifRunning'];
  key?: string;
  onInterrupt: OnInterrupt;
  detach?: boolean;
  dryRun?: boolean;
}

export function addRun(program: Command): void {
  program
    .command('run')
    .description('Run a configuration and follow the job to its end')
    .argument('<component>', 'for example ex-db or keboola.ex-db-mysql')
    .argument('[config]', 'id of a stored configuration')
    .option('--config-data <json>', 'inline configuration: JSON, @FILE or - for standard input')
    .option('--params <json>', "a native application's own fields: JSON, @FILE or -")
    .option('--parent-run-id <runId>', 'put the job below this run (default: KBC_RUNID)')
    .addOption(new Option('--on-warning <what>', 'what a warning is to you').choices(['accept', 'fail']))
    .addOption(
      new Option('--on-terminated <what>', 'how to close when somebody else stops it').choices(['cancel', 'fail']),
    )
    .addOption(
      new Option('--if-running <what>', 'when the configuration runs already').choices(['attach', 'queue', 'fail']),
    )
    .option('--key <text>', 'make this run one of its own beside others of the configuration')
    .addOption(new Option('--on-interrupt <what>', 'on Ctrl-C').choices(['detach', 'cancel']).default('detach'))
    .option('--detach', 'start it, print its ids and leave')
    .option('--dry-run', 'print what would be sent, and send nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  keboola-temporal run ex-db sampledatabase\n  keboola-temporal run keboola.ex-http --config-data \'{"parameters":{}}\' --json',
    )
    .action(act(run));
}

async function run(
  context: Context,
  component: string,
  config: string | undefined,
  options: RunOptions,
): Promise<number> {
  const input = await inputOf(context, component, config, options);
  if (options.dryRun) return await dryRun(context, input, options.key);
  return await withTemporal(context, async ({ keboola, output }) => {
    const start: StartOptions = {
      ...(options.ifRunning && { ifRunning: options.ifRunning }),
      ...(options.key !== undefined && { key: options.key }),
    };
    const { handle, attached, startTime } = await keboola.start(input, start);
    output.say(
      attached
        ? `Attached to the run started ${agoText(startTime)}: ${handle.workflowId}`
        : `Started ${handle.workflowId}`,
    );
    if (!options.detach) return await followToExit(handle, output, options.onInterrupt);
    const { workflowId, runId } = handle;
    output.result({ workflowId, runId, attached, startTime }, `keboola-temporal follow '${workflowId}'`);
    return EXIT.success;
  });
}

async function inputOf(
  context: Context,
  component: string,
  config: string | undefined,
  options: RunOptions,
): Promise<RunJobInput> {
  const parentRunId = options.parentRunId ?? context.settings.parentRunId;
  const configData =
    options.configData === undefined ? undefined : await readJsonArgument('--config-data', options.configData);
  const params = options.params === undefined ? undefined : await readJsonArgument('--params', options.params);
  return {
    component,
    ...(context.connection !== undefined && { connection: context.connection }),
    ...(config !== undefined && { config }),
    ...(configData && { configData }),
    ...(params && { params }),
    ...(parentRunId !== undefined && { parentRunId }),
    ...(options.onWarning && { onWarning: options.onWarning }),
    ...(options.onTerminated && { onTerminated: options.onTerminated }),
  };
}

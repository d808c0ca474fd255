import { Option, type Command } from 'commander';
import type { CreateFence, RunJobInput } from '../../job/input.js';
import type { Context } from '../context.js';
import { readJsonArguments } from './json-argument.js';
import { durationText } from './numbers.js';

/** The options of `run` that become fields of the input. */
export interface InputOptions {
  configData?: string;
  row?: string[];
  tag?: string;
  branch?: string;
  variables?: string;
  variableValuesId?: string;
  params?: string;
  debug?: boolean;
  forceRun?: boolean;
  backend?: string;
  parallelism?: string;
  delay?: string;
  delayedStartTime?: string;
  flowTask?: string[];
  parentRunId?: string;
  queueTimeout?: string;
  runTimeout?: string;
  onWarning?: 'accept' | 'fail';
  onTerminated?: 'cancel' | 'fail';
  onAmbiguousCreate?: 'fail' | 'recreate';
  createFence?: CreateFence;
  onForeignJob?: 'ignore' | 'wait' | 'adopt' | 'fail';
}

const VARIABLES = 'variable values, {"values":[{"name":"…","value":"…"}]}: JSON, @FILE or -';

export function addInputOptions(command: Command): Command {
  return command
    .option('--config-data <json>', 'inline configuration: JSON, @FILE or - for standard input')
    .option('--row <id>', 'run only this row of the configuration; can be repeated on Queue v2', oneMore)
    .option('--tag <tag>', "version of the component's image")
    .option('--branch <id>', 'development branch (default: KBC_BRANCH_ID)')
    .option('--variables <json>', VARIABLES)
    .option('--variable-values-id <id>', 'id of a stored set of variable values')
    .option('--params <json>', 'fields of a native application: JSON, @FILE or -')
    .addOption(new Option('--debug', 'a debug run: it writes no output').conflicts('forceRun'))
    .option('--force-run', 'run a disabled configuration (Queue v2)')
    .addOption(choice('--backend <size>', 'size of the machine (Queue v2)', ['xsmall', 'small', 'medium', 'large']))
    .option('--parallelism <count>', 'how many rows run at a time, 2 to 100 or infinity (Queue v2)')
    .option('--delay <duration>', 'start this long after the creation, for example 10m (Queue v2)')
    .option('--delayed-start-time <time>', 'start at this time at the earliest, ISO 8601 (Queue v2)')
    .option(
      '--flow-task <id>',
      'run only this task of a flow, ignoring conditions; can be repeated (Queue v2)',
      oneMore,
    )
    .option('--parent-run-id <runId>', 'put the job below this run (default: KBC_RUNID)')
    .option('--queue-timeout <duration>', 'longest wait until the job starts, for example 30m or 2h')
    .option('--run-timeout <duration>', 'longest run of the job, for example 90s or 1d', durationText)
    .addOption(choice('--on-warning <what>', 'how to treat a job that ends with a warning', ['accept', 'fail']))
    .addOption(choice('--on-terminated <what>', 'how to end if somebody else stops the job', ['cancel', 'fail']))
    .addOption(
      choice('--on-ambiguous-create <what>', 'if it is unknown whether the job was created', ['fail', 'recreate']),
    )
    .addOption(
      choice('--on-foreign-job <what>', 'if a job of this configuration is running that somebody else started', [
        'ignore',
        'wait',
        'adopt',
        'fail',
      ]),
    )
    .addOption(
      choice('--create-fence <what>', 'how to recognise the job if the answer to its creation is lost', [
        'run-id',
        'none',
        'variable',
      ]),
    );
}

/** Collects an option that may be repeated; one flag with a list of values would swallow the arguments after it. */
function oneMore(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

/**
 * What the command line asks for, not checked yet.
 *
 * @throws UsageError that names every option whose JSON is invalid.
 */
export async function inputOf(
  { connection, settings }: Context,
  component: string,
  config: string | undefined,
  options: InputOptions,
): Promise<RunJobInput> {
  const json = await readJsonArguments({
    '--config-data': options.configData,
    '--variables': options.variables,
    '--params': options.params,
  });
  const { delay, delayedStartTime, backend, parallelism, row: rows, flowTask: flowTasks } = options;
  const { tag, variableValuesId, queueTimeout, runTimeout } = options;
  const { onWarning, onTerminated, onAmbiguousCreate, onForeignJob } = options;
  return given({
    connection,
    component,
    config,
    tag,
    variableValuesId,
    queueTimeout,
    runTimeout,
    onWarning,
    onTerminated,
    onAmbiguousCreate,
    onForeignJob,
    createFence: options.createFence,
    configData: json['--config-data'],
    rows,
    delay,
    delayedStartTime,
    flowTasks,
    backend: backend === undefined ? undefined : { type: backend },
    parallelism: parallelism !== undefined && /^\d+$/.test(parallelism) ? Number(parallelism) : parallelism,
    branchId: options.branch ?? settings.branchId,
    variableValuesData: json['--variables'],
    params: json['--params'],
    mode: options.debug ? 'debug' : options.forceRun ? 'force-run' : undefined,
    parentRunId: options.parentRunId ?? settings.parentRunId,
  });
}

/** Leaves out what was not given, so that the input reads as its author would have written it. */
function given(fields: Record<string, unknown>): RunJobInput {
  return Object.fromEntries(
    Object.entries(fields).filter(([, field]) => field !== undefined),
  ) as unknown as RunJobInput;
}

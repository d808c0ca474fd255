import type { Command } from 'commander';
import type { StartOptions } from '../../client/start-options.js';
import { InvalidInputError } from '../../client/errors.js';
import type { RunJobInput } from '../../job/input.js';
import { checkRunJobInput } from '../../input/check-input.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { tellDetached } from '../follow/detached.js';
import { EXIT } from '../exit/exit-codes.js';
import { followToExit } from '../follow/follow-to-exit.js';
import type { OnInterrupt } from '../follow/interrupts.js';
import { addInputOptions, choice, inputOf, type InputOptions } from '../options/run-options.js';
import { agoText } from '../text/time-text.js';
import { dryRun } from '../options/dry-run.js';

interface RunOptions extends InputOptions {
  ifRunning?: StartOptions['ifRunning'];
  key?: string;
  onInterrupt: OnInterrupt;
  detach?: boolean;
  dryRun?: boolean;
}

export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('Run a configuration and follow the job to its end')
    .argument('<component>', 'for example ex-db or keboola.ex-db-mysql')
    .argument('[config]', 'id of a stored configuration');
  addInputOptions(command)
    .addOption(choice('--if-running <what>', 'when the configuration runs already', ['attach', 'queue', 'fail']))
    .option('--key <text>', 'make this run one of its own beside others of the configuration')
    .addOption(choice('--on-interrupt <what>', 'on Ctrl-C', ['detach', 'cancel']).default('detach'))
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
  const input = checked(await inputOf(context, component, config, options));
  if (options.dryRun) return dryRun(context, input, options.key);
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
    tellDetached({ handle, attached, startTime }, output);
    return EXIT.success;
  });
}

/** Before Temporal is spoken to: a wrong input is wrong whether or not there is a server. */
function checked(input: RunJobInput): RunJobInput {
  const check = checkRunJobInput(input);
  if (!check.ok) throw new InvalidInputError(check.problems);
  return check.value;
}

import type { Command } from 'commander';
import type { StartOptions } from '../../client/start-workflow.js';
import { valid } from '../../client/valid.js';
import { checkRunJobInput } from '../../input/check-input.js';
import { DIALECTS, type Dialect } from '../../keboola/connection/dialect.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { UsageError } from '../exit/usage-error.js';
import { followStarted } from '../follow/follow-started.js';
import { untilStarted } from '../follow/until-started.js';
import { addFollowOptions, type FollowOptions } from '../options/follow-options.js';
import { addInputOptions, choice, inputOf, type InputOptions } from '../options/run-options.js';

interface RunOptions extends InputOptions, StartOptions, FollowOptions {
  dryRun?: boolean;
  api?: Dialect;
}

export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('Run a configuration and follow the job to its end')
    .argument('<component>', 'for example ex-db or keboola.ex-db-mysql')
    .argument('[config]', 'id of a stored configuration');
  addInputOptions(command)
    .addOption(choice('--if-running <what>', 'if the configuration is already running', ['attach', 'queue', 'fail']))
    .option('--key <text>', 'run separately from other runs of this configuration');
  addFollowOptions(command)
    .option('--dry-run', 'print what would be sent, and send nothing')
    .addOption(
      choice(
        '--api <api>',
        'with --dry-run: show the request for this job API, whichever one the project uses',
        DIALECTS,
      ),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  keboola-temporal run keboola.ex-http success\n  keboola-temporal run keboola.ex-http --config-data \'{"parameters":{}}\' --json',
    )
    .action(act(run));
}

async function run(
  context: Context,
  component: string,
  config: string | undefined,
  options: RunOptions,
): Promise<number> {
  // Checked before connecting to Temporal: a wrong input is wrong with or without a server.
  const input = valid(checkRunJobInput(await inputOf(context, component, config, options)));
  if (options.dryRun) return await (await import('../options/dry-run.js')).dryRun(context, input, options);
  if (options.api) throw new UsageError('--api is for --dry-run: a job runs by the API that its project is on');
  return await withTemporal(context, async ({ keboola, output }) =>
    followStarted(await untilStarted(keboola.start(input, options), output, options), output, options),
  );
}

import type { Command } from 'commander';
import { act } from '../act.js';
import { inConnection, withTemporal, type Context } from '../context.js';
import { followToExit } from '../follow/follow-to-exit.js';
import { addInterruptOption, type OnInterrupt } from '../options/follow-options.js';
import type { End } from '../text/end-text.js';

export function addFollow(program: Command): void {
  const command = program
    .command('follow')
    .description('Watch a job or a pipeline to its end')
    .argument('<id>', 'workflow id, Keboola job id, or a link to either');
  addInterruptOption(command)
    .addHelpText('after', "\nExample:\n  keboola-temporal follow 'keboola/default/keboola.ex-http/slow'")
    .action(act(follow));
}

async function follow(context: Context, id: string, options: { onInterrupt: OnInterrupt }): Promise<number> {
  return await withTemporal(context, async ({ keboola, output, connection }) =>
    followToExit<End>(await keboola.open(id, inConnection(connection)), output, options),
  );
}

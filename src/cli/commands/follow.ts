import { Option, type Command } from 'commander';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { followToExit } from '../follow/follow-to-exit.js';
import type { OnInterrupt } from '../follow/interrupts.js';
import { followPipeline } from '../follow/follow-pipeline.js';
import { isPipeline } from '../pipeline/is-pipeline.js';

export function addFollow(program: Command): void {
  program
    .command('follow')
    .description('Watch a job or a pipeline to its end')
    .argument('<id>', 'workflow id or Keboola job id')
    .addOption(new Option('--on-interrupt <what>', 'on Ctrl-C').choices(['detach', 'cancel']).default('detach'))
    .addHelpText('after', "\nExample:\n  keboola-temporal follow 'keboola/default/ex-db/sampledatabase'")
    .action(act(follow));
}

async function follow(context: Context, id: string, options: { onInterrupt: OnInterrupt }): Promise<number> {
  return await withTemporal(context, async ({ keboola, temporal, output }) => {
    const handle = await keboola.find(id);
    const { workflowId, runId } = handle;
    if (await isPipeline(temporal, workflowId, runId)) {
      return await followPipeline(keboola.pipeline(workflowId, runId), output, options);
    }
    return await followToExit(handle, output, options.onInterrupt);
  });
}

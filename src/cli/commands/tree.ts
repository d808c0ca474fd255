import type { Command } from 'commander';
import { act } from '../act.js';
import { inConnection, withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { workflowTreeLines } from '../text/workflow-tree-text.js';

export function addTree(program: Command): void {
  program
    .command('tree')
    .description('Show a workflow and its child workflows, running or ended, with the run ids of their jobs')
    .argument('<id>', 'workflow id, Keboola job id, or a link to either')
    .addHelpText('after', '\nExample:\n  keboola-temporal tree keboola-pipeline/nightly')
    .action(act(tree));
}

async function tree(context: Context, id: string): Promise<number> {
  return await withTemporal(context, async ({ keboola, output, connection }) => {
    const read = await keboola.tree(id, inConnection(connection));
    output.result(read, workflowTreeLines(read, Date.now(), output.width).join('\n'));
    return EXIT.success;
  });
}

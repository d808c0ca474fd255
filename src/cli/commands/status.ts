import type { Command } from 'commander';
import { NoWorkerError } from '../../client/errors.js';
import type { JobSnapshot } from '../../job/messages.js';
import type { PipelineView } from '../../job/pipeline/view.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { snapshotLine } from '../job-text.js';
import { treeLines } from '../pipeline/pipeline-tree.js';
import { agoText } from '../time-text.js';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('Show where a job or a pipeline is')
    .argument('<id>', 'workflow id or Keboola job id')
    .addHelpText('after', '\nExample:\n  keboola-temporal status 186985832 --json')
    .action(act(status));
}

async function status(context: Context, id: string): Promise<number> {
  return await withTemporal(context, async ({ keboola, temporal, output }) => {
    const { workflowId, runId } = await keboola.find(id);
    const workflow = await temporal.workflow.getHandle(workflowId, runId).describe();
    const isPipeline = workflow.type === 'runPipeline';
    const snapshot = isPipeline
      ? await seen(() => keboola.pipeline(workflowId, workflow.runId).view())
      : await seen(() => keboola.handle(workflowId, workflow.runId).snapshot());
    const startTime = workflow.startTime.toISOString();
    const text = [
      workflowId,
      `workflow ${workflow.status.name.toLowerCase()}, started ${agoText(startTime)}`,
      ...linesOf(snapshot),
    ];
    output.result(
      { workflowId, runId: workflow.runId, workflowStatus: workflow.status.name, startTime, ...snapshot },
      text.join('\n'),
    );
    return EXIT.success;
  });
}

type Silence = { note: string };

function linesOf(seenView: JobSnapshot | PipelineView | Silence): string[] {
  if ('phases' in seenView) return treeLines(seenView, '…', Date.now());
  if (!('stage' in seenView)) return [seenView.note];
  return [snapshotLine(seenView), ...(seenView.url === undefined ? [] : [seenView.url])];
}

/** Without a worker there is still something to tell. */
async function seen<T>(look: () => Promise<T>): Promise<T | Silence> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NoWorkerError) return { note: error.message };
    throw error;
  }
}

import { WorkflowNotFoundError } from '@temporalio/client';
import type { Command } from 'commander';
import { NoSuchJobError } from '../../client/errors.js';
import { act } from '../act.js';
import { withTemporal, type Context, type TemporalContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { snapshotLine } from '../job-text.js';
import { agoText } from '../time-text.js';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('Show where a job is')
    .argument('<id>', 'workflow id or Keboola job id')
    .addHelpText('after', '\nExample:\n  keboola-temporal status 186985832 --json')
    .action(act(status));
}

async function status(context: Context, id: string): Promise<number> {
  return await withTemporal(context, async (temporal) => {
    try {
      return await show(temporal, id);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      throw new NoSuchJobError(`No workflow "${id}" in namespace ${context.settings.temporal.namespace}.`);
    }
  });
}

async function show({ keboola, temporal, output }: TemporalContext, id: string): Promise<number> {
  const { workflowId, runId } = await keboola.find(id);
  const workflow = await temporal.workflow.getHandle(workflowId, runId).describe();
  const snapshot = await keboola.handle(workflowId, workflow.runId).snapshot();
  const startTime = workflow.startTime.toISOString();
  const text = [
    workflowId,
    `workflow ${workflow.status.name.toLowerCase()}, started ${agoText(startTime)}`,
    snapshotLine(snapshot),
    ...(snapshot.url === undefined ? [] : [snapshot.url]),
  ];
  output.result(
    { workflowId, runId: workflow.runId, workflowStatus: workflow.status.name, startTime, ...snapshot },
    text.join('\n'),
  );
  return EXIT.success;
}

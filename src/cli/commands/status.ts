import type { Command } from 'commander';
import { NoWorkerError } from '../../client/errors.js';
import type { JobHandle } from '../../client/job-handle.js';
import type { JobSnapshot } from '../../job/messages.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
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
  return await withTemporal(context, async ({ keboola, temporal, output }) => {
    const { workflowId, runId } = await keboola.find(id);
    const workflow = await temporal.workflow.getHandle(workflowId, runId).describe();
    const snapshot = await seen(keboola.handle(workflowId, workflow.runId));
    const startTime = workflow.startTime.toISOString();
    const text = [
      workflowId,
      `workflow ${workflow.status.name.toLowerCase()}, started ${agoText(startTime)}`,
      'stage' in snapshot ? snapshotLine(snapshot) : snapshot.note,
      ...('url' in snapshot ? [snapshot.url] : []),
    ];
    output.result(
      { workflowId, runId: workflow.runId, workflowStatus: workflow.status.name, startTime, ...snapshot },
      text.join('\n'),
    );
    return EXIT.success;
  });
}

/** Without a worker there is still something to tell. */
async function seen(handle: JobHandle): Promise<JobSnapshot | { note: string }> {
  try {
    return await handle.snapshot();
  } catch (error) {
    if (error instanceof NoWorkerError) return { note: error.message };
    throw error;
  }
}

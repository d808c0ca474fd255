import type { Command } from 'commander';
import {
  JobCanceledError,
  JobFailedError,
  NoWorkerError,
  PipelineCanceledError,
  PipelineFailedError,
} from '../../client/errors.js';
import type { AnyHandle } from '../../client/handles/open-workflow.js';
import { isJobResult } from '../../job/guard/job-result.js';
import { isPipelineResult } from '../../job/pipeline/result-guard.js';
import { isStorageResult } from '../../job/storage/result.js';
import { act } from '../act.js';
import { inConnection, withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { aftermathLines, failureDocument } from '../exit/failure-text.js';
import { endText } from '../text/end-text.js';
import { snapshotLine } from '../text/job-text.js';
import type { Output } from '../text/output.js';
import { treeLines } from '../text/pipeline-tree.js';
import { agoText } from '../text/time-text.js';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('Show the current state of a job or a pipeline')
    .argument('<id>', 'workflow id, Keboola job id, or a link to either')
    .addHelpText('after', '\nExample:\n  keboola-temporal status 186985832 --json')
    .action(act(status));
}

async function status(context: Context, id: string): Promise<number> {
  return await withTemporal(context, async ({ keboola, output, connection }) => {
    const handle = await keboola.open(id, inConnection(connection));
    const { workflowId, runId, workflowStatus, startTime, closeTime } = await handle.describe();
    const now = workflowStatus === 'RUNNING' ? await underWay(handle, output) : await closed(handle);
    const text = [
      workflowId,
      `workflow ${workflowStatus.toLowerCase().replaceAll('_', ' ')}, started ${agoText(startTime)}`,
      ...now.lines,
    ];
    const about = { workflowId, runId, workflowStatus, startTime, ...(closeTime !== undefined && { closeTime }) };
    output.result({ ...about, ...now.facts }, text.join('\n'));
    return EXIT.success;
  });
}

interface Told {
  facts: object;
  lines: string[];
}

/** A live worker answers within a second. */
const SLOW_MS = 1_500;

/** If no worker answers, there is still something to report. */
async function underWay(handle: AnyHandle, output: Output): Promise<Told> {
  const slow = setTimeout(() => output.say('No worker has answered yet; waiting up to 15 s.'), SLOW_MS);
  try {
    if (handle.kind === 'pipeline') {
      const view = await handle.view();
      return { facts: view, lines: treeLines(view, '…', Date.now()) };
    }
    const snapshot = await handle.snapshot();
    const { url, page = url } = snapshot;
    return { facts: snapshot, lines: [snapshotLine(snapshot), ...(page === undefined ? [] : [page])] };
  } catch (error) {
    if (!(error instanceof NoWorkerError)) throw error;
    const { message } = error;
    return { facts: { note: message }, lines: [message] };
  } finally {
    clearTimeout(slow);
  }
}

/** How the workflow ended is in its history, so no worker has to be asked. */
async function closed(handle: AnyHandle): Promise<Told> {
  const stage = 'closed';
  try {
    const end: unknown = await handle.result();
    if (isPipelineResult(end)) return { facts: { stage, ...end }, lines: [endText(end)] };
    // Workflows of other kinds, such as questions to a worker, return an answer instead.
    if (!isJobResult(end) && !isStorageResult(end)) return { facts: { stage }, lines: [] };
    return { facts: { stage, job: end, url: end.url, polls: end.polls }, lines: [endText(end)] };
  } catch (error) {
    if (!ENDS.some((type) => error instanceof type)) throw error;
    const { exitCode, ...failure } = failureDocument(error);
    const { job, type, message } = failure;
    return {
      facts: { stage, ...(job && { job, url: job.url, polls: job.polls }), error: { ...failure, exitCode } },
      lines: [`${type}: ${message}`, ...aftermathLines({ ...failure, exitCode })],
    };
  }
}

const ENDS = [JobFailedError, JobCanceledError, PipelineFailedError, PipelineCanceledError];

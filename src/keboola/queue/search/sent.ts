import type { Sent } from '../../../job/create/likeness.js';
import type { RunMode } from '../../../job/input.js';
import type { JobView } from '../../../job/job-view.js';
import { compact, id, record, text } from '../../../job/text/document-fields.js';
import { utcTime } from '../../http/keboola-time.js';
import { toQueueJobRow } from '../job-document.js';

/** A row of a list, with what its creation was sent. */
export interface SentRow extends JobView {
  sent: Sent;
  /** The id of the token that sent it. */
  tokenId?: string;
}

const MODES: Readonly<Record<string, RunMode>> = { forceRun: 'force-run' };

/** @throws MalformedJob. */
export function toSentRow(document: unknown): SentRow {
  const job = record(document) ?? {};
  const tokenId = id(record(job['token'])?.['id']);
  return { ...toQueueJobRow(document), sent: sentOf(job), ...(tokenId !== undefined && { tokenId }) };
}

/** The row without those extra fields. */
export function viewOf({ sent, tokenId, ...view }: SentRow): JobView {
  return view;
}

/** The fields that a document shows as they were sent; the server may have resolved or rewritten the others. */
function sentOf(job: Record<string, unknown>): Sent {
  const { configData, configRowIds, mode, onlyFlowTaskIds, onlyOrchestrationTaskIds, variableValuesData } = job;
  const backend = record(job['backend']);
  const size = text(backend?.['type']) ?? text(backend?.['containerType']);
  const shown = {
    rows: configRowIds,
    configData,
    variableValuesData,
    flowTasks: onlyFlowTaskIds ?? onlyOrchestrationTaskIds,
  };
  return compact({
    ...toldOf(shown),
    config: id(job['config']),
    mode: typeof mode === 'string' ? (MODES[mode] ?? mode) : undefined,
    tag: id(job['tag']),
    branchId: id(job['branchId']),
    variableValuesId: id(job['variableValuesId']),
    parallelism: id(job['parallelism']),
    backend: size === undefined ? undefined : { type: size },
    delayedStartTime: utcTime(job['delayedStartTime']),
  }) as Sent;
}

/** `[]` says that nothing was sent. `null` does not say anything: some stacks do not show what they were sent. */
function toldOf(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

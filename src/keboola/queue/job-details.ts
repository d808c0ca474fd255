import type { JobDetails } from '../../job/job-view.js';
import { compact, id, name, record, seconds, short } from '../../job/text/document-fields.js';
import { unsuccessfulFirst } from '../../job/tree/unsuccessful-first.js';
import { normalizeStatus } from '../../job/wait/status.js';
import { utcTime } from '../http/keboola-time.js';

const LISTED_MAX = 100;

/**
 * What only Queue v2 tells about an ended job. Lists are bounded; of many tasks, successful ones are left out first
 * (`keboola-queue-api-openapi.yml` 1.3.8; keboola/keboola-sdk-go `queue_api*.go` for the tasks of a flow).
 */
export function jobDetails(document: unknown): JobDetails {
  const job = record(document) ?? {};
  const result = record(job['result']) ?? {};
  const storage = record(record(job['metrics'])?.['storage']) ?? {};
  const tables = items(record(result['output'])?.['tables']);
  const tasks = items(result['tasks']);
  return compact({
    type: name(job['type']),
    branchId: id(job['branchId']),
    configVersion: id(result['configVersion']),
    backend: backendOf(job),
    startedBy: name(record(job['token'])?.['description']),
    delayedStartTime: utcTime(job['delayedStartTime']),
    inputBytes: seconds(storage['inputTablesBytesSum']),
    outputBytes: seconds(storage['outputTablesBytesSum']),
    outputTables: tables.length === 0 ? undefined : tables.slice(0, LISTED_MAX).flatMap(tableOf),
    tasks: tasks.length === 0 ? undefined : unsuccessfulFirst(tasks.flatMap(taskOf), LISTED_MAX),
    truncated: tables.length > LISTED_MAX || tasks.length > LISTED_MAX ? (true as const) : undefined,
  });
}

/** Two names for one thing: a component works either on files or in a workspace (`JobRuntimeResolver`). */
function backendOf(job: Record<string, unknown>): string | undefined {
  const used = record(record(job['metrics'])?.['backend']) ?? {};
  const wanted = record(job['backend']) ?? {};
  const told = [used['containerSize'], used['containerType'], used['size'], used['type']];
  return [...told, wanted['containerType'], wanted['type']].map(name).find((size) => size !== undefined);
}

function tableOf(given: unknown): { id: string; rows?: number }[] {
  const table = record(given) ?? {};
  const tableId = short(id(table['id']));
  return tableId === undefined ? [] : [compact({ id: tableId, rows: seconds(table['importedRowsCount']) })];
}

/** What a task itself does not say is taken from its last try. */
function taskOf(given: unknown): NonNullable<JobDetails['tasks']> {
  const task = record(given) ?? {};
  const last = record(items(task['results']).at(-1)) ?? {};
  const taskId = short(id(task['id']));
  if (taskId === undefined) return [];
  const status = short(name(task['status']) ?? name(last['status']));
  return [
    compact({
      id: taskId,
      name: short(name(task['name'])),
      phase: short(id(task['phase'])),
      status: status === undefined ? undefined : normalizeStatus(status),
      jobId: short(id(task['jobId']) ?? id(last['jobId'])),
      durationSeconds: seconds(task['duration']) ?? seconds(last['duration']),
    }),
  ];
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

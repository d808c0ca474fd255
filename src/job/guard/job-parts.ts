import type { FlowTaskEnd, JobDetails } from '../job-view.js';
import type { LogLine } from '../questions.js';
import { STATUSES_MAX, type StatusCounts } from '../wait/status-counts.js';
import { atLeast, dictionary, list, number, optional, text, yes, type Guard, type Guards } from './guards.js';

/** Well above the limits that these lists are cut to. */
const ITEMS_MAX = 2_000;

/** A log line of a job, or of a job below it. */
export const logLine: Guards<LogLine> = {
  time: text,
  type: text,
  component: text,
  message: text,
  runId: optional(text),
};

/** How many jobs, or tasks, are in which status. Keboola may have statuses that we do not know. */
export const statusCounts: Guard<StatusCounts> = dictionary(/^/, number, STATUSES_MAX);

const flowTask = atLeast<FlowTaskEnd>({
  id: text,
  name: optional(text),
  phase: optional(text),
  status: optional(text),
  jobId: optional(text),
  durationSeconds: optional(number),
});

const outputTable = atLeast<{ id: string; rows?: number }>({ id: text, rows: optional(number) });

/** What only Queue v2 says about a job. */
export const details = atLeast<JobDetails>({
  type: optional(text),
  branchId: optional(text),
  configVersion: optional(text),
  backend: optional(text),
  startedBy: optional(text),
  delayedStartTime: optional(text),
  inputBytes: optional(number),
  outputBytes: optional(number),
  outputTables: optional(list(outputTable, ITEMS_MAX)),
  tasks: optional(list(flowTask, ITEMS_MAX)),
  truncated: optional(yes),
});

import type { FailureType } from '../failure/failure-types.js';
import type { JobFailure, JobOutcome, JobResult, LeftJob } from '../result.js';
import type { LogLine } from '../questions.js';
import { UNFINISHED_STATUSES, type FinalStatus } from '../wait/status.js';
import {
  absent,
  anything,
  atLeast,
  flag,
  isPassedBy,
  list,
  number,
  oneOf,
  openWord,
  optional,
  text,
  yes,
  type Guard,
  type Guards,
} from './guards.js';
import { details, logLine, statusCounts } from './job-parts.js';

/** The outcome of a job that a cancelled workflow left running; such a job has no result. */
const LEFT_ALONE = 'left-alone';
/** Well above the limits that these lists are cut to. */
const ITEMS_MAX = 2_000;
/** How deep child jobs may be nested; no run id is that long. */
const LEVELS_MAX = 100;

const ofOne: Omit<Guards<JobResult>, 'children'> = {
  jobId: text,
  runId: text,
  status: openWord<FinalStatus>(...UNFINISHED_STATUSES),
  outcome: openWord<JobOutcome>(LEFT_ALONE),
  component: text,
  config: optional(text),
  message: optional(text),
  result: anything,
  truncated: optional(yes),
  details: optional(details),
  exceptionId: optional(text),
  log: optional(list(atLeast<LogLine>(logLine), ITEMS_MAX)),
  terminatedBy: optional(text),
  url: text,
  page: optional(text),
  createdTime: text,
  startTime: optional(text),
  endTime: optional(text),
  waitSeconds: optional(number),
  durationSeconds: optional(number),
  warnings: optional(list(text, ITEMS_MAX)),
  polls: number,
  adopted: flag,
  foreign: optional(yes),
  childrenComplete: optional(flag),
  childrenCounts: optional(statusCounts),
};

/** The result of a job, including those of the jobs below it. */
export const jobResult: Guard<JobResult> = resultAt(1);

/** Whether a workflow's result, or the details of its failure, is a `JobResult`; both may be anything. */
export function isJobResult(value: unknown): value is JobResult {
  return isPassedBy(jobResult, value);
}

/** A job that was left running. */
export const leftJob: Guard<LeftJob> = atLeast<LeftJob>({
  jobId: text,
  runId: optional(text),
  component: optional(text),
  config: optional(text),
  status: optional(text),
  outcome: oneOf(LEFT_ALONE),
  url: optional(text),
  page: optional(text),
});

/** Whether the memo of a canceled workflow holds a job that it left running. */
export function isLeftJob(value: unknown): value is LeftJob {
  return isPassedBy(leftJob, value);
}

const jobFailure = atLeast<JobFailure>({ type: openWord<FailureType>(), message: text });

/** Whether the memo of a canceled workflow holds the failure that it would have closed with. */
export function isJobFailure(value: unknown): value is JobFailure {
  return isPassedBy(jobFailure, value);
}

/** Refuses results nested deeper than any job is, because nobody has checked their depth. */
function resultAt(level: number): Guard<JobResult> {
  return (value, at) => {
    const children = level < LEVELS_MAX ? optional(list(resultAt(level + 1), ITEMS_MAX)) : absent;
    return atLeast<JobResult>({ ...ofOne, children })(value, at);
  };
}

import { compact, id, name, record, seconds, text } from './text/document-fields.js';
import { utcTime } from '../keboola/http/keboola-time.js';
import type { LogLine } from './questions.js';
import { normalizeStatus } from './wait/status.js';
import { cut } from './text/well-formed.js';

/**
 * What we keep of a job document: enough to decide, to show and to report, and small enough to be written into a
 * workflow's history at every read.
 */
export interface JobView {
  jobId: string;
  runId: string;
  /** As Keboola says it, in one spelling; it may be a status that we do not know. */
  status: string;
  isFinished?: boolean;
  component: string;
  config?: string;
  /** What a job of Storage does, in its words, such as `tableImport`. */
  operation?: string;
  /** UTC, ISO 8601. */
  createdTime?: string;
  startTime?: string;
  endTime?: string;
  waitSeconds?: number;
  durationSeconds?: number;
  /** Keboola's own blame for a failed job: `user`, `application`, or absent when the job itself chose its status; of Storage a code. */
  error?: string;
  exceptionId?: string;
  message?: string;
  terminatedBy?: string;
  /** Only of a finished job, see `boundResult`. */
  result?: unknown;
  truncated?: true;
  /** Only of a job that ended as error: the latest of what it and the jobs below it have told, the oldest first. */
  log?: LogLine[];
}

/** A document that is no job. `field` names the first thing that is wrong with it. */
export class MalformedJob extends TypeError {
  constructor(readonly field: string) {
    super(`the job document has no usable "${field}"`);
    this.name = 'MalformedJob';
  }
}

export const MESSAGE_LENGTH_MAX = 4_000;

/**
 * Reads a job document as Syrup answers it, tolerantly: ids as numbers or text, `[]` for an empty object, missing and
 * additional fields. Only id and status are needed, because nothing can be done without them.
 *
 * @throws MalformedJob naming the field.
 */
export function toJobView(document: unknown): JobView {
  const job = record(document);
  if (!job) throw new MalformedJob('job');
  const jobId = id(job['id']);
  if (jobId === undefined) throw new MalformedJob('id');
  const status = name(job['status']);
  if (status === undefined) throw new MalformedJob('status');
  const params = record(job['params']);
  const result = record(job['result']);
  const message = text(result?.['message']);
  return compact({
    jobId,
    runId: id(job['runId']) ?? '',
    status: normalizeStatus(status),
    isFinished: typeof job['isFinished'] === 'boolean' ? job['isFinished'] : undefined,
    // The top-level component is the application that ran it ("docker"); the real one is a parameter.
    component: name(params?.['component']) ?? name(job['component']) ?? '',
    config: id(params?.['config']),
    createdTime: utcTime(job['createdTime']),
    startTime: utcTime(job['startTime']),
    endTime: utcTime(job['endTime']),
    waitSeconds: seconds(job['waitSeconds']),
    durationSeconds: seconds(job['durationSeconds']),
    error: name(job['error']),
    exceptionId: name(result?.['exceptionId']),
    message: message === undefined ? undefined : cut(message, MESSAGE_LENGTH_MAX),
    terminatedBy: name(record(job['terminatedBy'])?.['description']),
  });
}

import { type JobView, MESSAGE_LENGTH_MAX } from '../../job/job-view.js';
import { isChildOf, joinRunId } from '../../job/run-id.js';
import { compact, id, name, record, seconds, text } from '../../job/text/document-fields.js';
import { cut } from '../../job/text/well-formed.js';
import { isFinalStatus, normalizeStatus } from '../../job/wait/status.js';
import { utcTime } from '../http/keboola-time.js';
import { readIdentity } from '../jobs/read-identity.js';

/**
 * Parses a job of Queue v2 tolerantly: ids as numbers or text, `[]` and `null` for an empty object, missing and
 * additional fields (`keboola-queue-api-openapi.yml` 1.3.8; keboola/job-queue-internal-api-php-client `JobFactory`).
 *
 * @throws MalformedJob naming the field.
 */
export function toQueueJobView(document: unknown): JobView {
  const { job, jobId, status } = readIdentity(document);
  const result = record(job['result']);
  const error = record(result?.['error']);
  const message = text(result?.['message']);
  const [createdTime, startTime] = [utcTime(job['createdTime']), utcTime(job['startTime'])];
  return compact({
    jobId,
    runId: runIdOf(job, jobId),
    status: normalizeStatus(status),
    isFinished: isFinishedOf(job, status),
    stopAsked: isStopAsked(job, status) || undefined,
    component: name(job['component']) ?? '',
    config: id(job['config']),
    createdTime,
    startTime,
    endTime: utcTime(job['endTime']),
    waitSeconds: secondsBetween(createdTime, startTime),
    durationSeconds: seconds(job['durationSeconds']),
    error: name(error?.['type']),
    exceptionId: name(error?.['exceptionId']),
    message: message === undefined ? undefined : cut(message, MESSAGE_LENGTH_MAX),
  });
}

/**
 * `isFinished: false` means nothing beside a final status: keboola/job-queue-internal-api-php-client fills in false if
 * the value is unknown (commit c3e49b7).
 */
function isFinishedOf(job: Record<string, unknown>, status: string): boolean | undefined {
  const isFinished = job['isFinished'];
  if (typeof isFinished !== 'boolean' || (!isFinished && isFinalStatus(normalizeStatus(status)))) return undefined;
  return isFinished;
}

/** A kill is noted at once, and carried out at the daemon's next round (`desiredStatus`, keboola/job-queue-daemon). */
function isStopAsked(job: Record<string, unknown>, status: string): boolean {
  return job['desiredStatus'] === 'terminating' && !isFinalStatus(normalizeStatus(status));
}

/**
 * Parses a row of a list. The index fills in `isFinished: false` if it does not know
 * (keboola/job-queue-internal-api-php-client commit c3e49b7), so only the status counts here.
 */
export function toQueueJobRow(document: unknown): JobView {
  const { isFinished, ...view } = toQueueJobView(document);
  return view;
}

/** The parent is what the creation sent. If a job shows both, the parent decides, since children are found by it. */
function runIdOf(job: Record<string, unknown>, jobId: string): string {
  const [runId, parent] = [id(job['runId']), id(job['parentRunId'])];
  if (parent === undefined) return runId ?? '';
  return runId !== undefined && isChildOf(runId, parent) ? runId : joinRunId(parent, jobId);
}

/** Computed, since Queue v2 does not show how long a job waited. */
function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000));
}

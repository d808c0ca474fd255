import { type JobView, MESSAGE_LENGTH_MAX } from '../../job/job-view.js';
import { record, id, name, text, compact, seconds } from '../../job/text/document-fields.js';
import { cut } from '../../job/text/well-formed.js';
import { normalizeStatus } from '../../job/wait/status.js';
import { utcTime } from '../http/keboola-time.js';
import { readIdentity } from '../jobs/read-identity.js';

/**
 * Parses a job of Syrup tolerantly: ids as numbers or text, `[]` for an empty object, missing and additional fields.
 * Only id and status are required, because nothing can be done without them.
 *
 * @throws MalformedJob naming the field.
 */
export function toJobView(document: unknown): JobView {
  const { job, jobId, status } = readIdentity(document);
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

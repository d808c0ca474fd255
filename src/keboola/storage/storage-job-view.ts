import { boundResult } from '../../job/bound-result.js';
import { compact, id, name, record, text } from '../../job/text/document-fields.js';
import { MESSAGE_LENGTH_MAX, type JobView } from '../../job/job-view.js';
import { readIdentity } from '../jobs/read-identity.js';
import { utcTime } from '../http/keboola-time.js';
import { STORAGE } from '../../job/storage/system.js';
import { redactCredentials } from './redact-credentials.js';
import { cut } from '../../job/text/well-formed.js';

/**
 * Parses a Storage job tolerantly: ids as numbers or text, `results` that are null, `[]`, or present although the job
 * failed (keboola/storage-api-php-client `apiary.apib`). The view contains no credentials.
 *
 * @throws MalformedJob naming the field.
 */
export function toStorageJobView(document: unknown): JobView {
  const { job, jobId, status } = readIdentity(document);
  const error = record(job['error']);
  const message = text(error?.['message']);
  return compact({
    jobId,
    runId: id(job['runId']) ?? '',
    status,
    component: STORAGE,
    operation: name(job['operationName']),
    createdTime: utcTime(job['createdTime']),
    startTime: utcTime(job['startTime']),
    endTime: utcTime(job['endTime']),
    error: name(error?.['code']),
    exceptionId: name(error?.['exceptionId']),
    message: message === undefined ? undefined : cut(String(redactCredentials(message)), MESSAGE_LENGTH_MAX),
    ...boundResult(redactCredentials(job['results'])),
  });
}

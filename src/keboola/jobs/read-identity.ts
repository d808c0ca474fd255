import { id, name, record } from '../../job/text/document-fields.js';
import { MalformedJob } from './malformed-job.js';

/** The minimum of a job document in any dialect: nothing can be done without id and status. */
interface Identity {
  job: Record<string, unknown>;
  jobId: string;
  status: string;
}

/** @throws MalformedJob naming the field. */
export function readIdentity(document: unknown): Identity {
  const job = record(document);
  if (!job) throw new MalformedJob('job');
  const jobId = id(job['id']);
  if (jobId === undefined) throw new MalformedJob('id');
  const status = name(job['status']);
  if (status === undefined) throw new MalformedJob('status');
  return { job, jobId, status };
}

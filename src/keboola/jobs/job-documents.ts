import { z } from 'zod';
import { JOB_ID } from '../../job/job-id.js';
import type { JobView } from '../../job/job-view.js';
import { id } from '../../job/text/document-fields.js';
import { protocolError } from '../http/protocol-error.js';
import { isPathPart } from '../http/service-url.js';
import { MalformedJob } from './malformed-job.js';

/** How a dialect parses one of its job documents. @throws MalformedJob. */
type ToView<View extends JobView = JobView> = (document: unknown) => View;

/** A list of documents, not parsed yet. */
export const JobDocuments = z.array(z.unknown()).max(10_000);

/** The id of a job in an answer, given as text or as a number. Anything else could lead to another address. */
export const AnsweredJobId = z
  .unknown()
  .transform((given) => id(given))
  .pipe(z.string('not the id of a job').regex(JOB_ID, 'not the id of a job'));

/** The documents that can be parsed: a single odd one must not hide the others. */
export function readableJobs<View extends JobView>(documents: readonly unknown[], toView: ToView<View>): View[] {
  return documents.flatMap((document) => {
    try {
      return [toView(document)];
    } catch {
      return [];
    }
  });
}

/** @throws KeboolaError of kind `protocol` if the document is not a job. */
export function readJob(document: unknown, toView: ToView, method: string, url: URL): JobView {
  try {
    return toView(document);
  } catch (error) {
    if (error instanceof MalformedJob) throw protocolError(method, url, error.message);
    throw error;
  }
}

/** Parses the document of one job. @throws KeboolaError of kind `protocol` if it is not a job, or another one. */
export function readOwnJob(document: unknown, toView: ToView, jobId: string, url: URL): JobView {
  const view = readJob(document, toView, 'GET', url);
  if (view.jobId !== jobId) throw protocolError('GET', url, `it is the document of job ${view.jobId}`);
  return view;
}

/** Refuses ids that would lead to another address, even if encoded. @throws KeboolaError of kind `protocol`. */
export function requireJobId(method: string, url: URL, jobId: string): void {
  if (!isPathPart(jobId)) throw protocolError(method, url, 'the job has an invalid id');
}

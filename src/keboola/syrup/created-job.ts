import { z } from 'zod';
import type { CallRequest, RunRequest } from '../../job/create/creation.js';
import { normalizeStatus } from '../../job/wait/status.js';
import { id, record } from '../../job/text/document-fields.js';
import { isPlainRunId } from '../../job/run-id.js';
import { decode } from '../http/decode.js';
import { KeboolaError } from '../http/keboola-error.js';
import { AnsweredJobId } from '../jobs/job-documents.js';
import type { KeboolaAnswer, KeboolaRequest } from '../http/exchange.js';

/** What the answer to a creation says of the job. */
export interface NamedJob {
  jobId: string;
  status: string;
  /** Of the answer to a call of a component's own, which need not obey the run id that was sent. */
  runId?: string;
}

const CreateAnswer = z.object({
  // Docker components answer text, native applications a number.
  id: AnsweredJobId,
  // Only the id counts: an answer with an odd status has made a job all the same.
  status: z.string().catch('waiting'),
  runId: z.unknown().optional(),
});

const LinkAnswer = z.object({ url: z.string() });
/** A job of the queue, on whatever host; the id is taken from the path and nothing else is believed. */
const JOB_PATH = /\/queue\/jobs?\/(\w[\w-]{0,63})\/?$/;
const ACCEPTED = 202;

/**
 * The job that an answer names: by its `id`, or by a `url` alone, as version 2 of the GoodData Writer does
 * (keboola/gooddata-writer-php-client).
 *
 * @throws KeboolaError of kind `protocol` where an accepted creation names none, and `no-job` where a call was answered
 * in another way: then it was none that makes a job.
 */
export function namedJob(
  request: RunRequest | CallRequest,
  { method, url }: KeboolaRequest,
  { json, status }: KeboolaAnswer,
): NamedJob {
  const linked = linkedJob(url, json);
  const named = CreateAnswer.safeParse(json);
  if (named.success) return fromAnswer(request, named.data);
  if (linked !== undefined) return { jobId: linked, status: 'waiting' };
  if ('call' in request && status !== ACCEPTED && !looksLikeJob(json)) throw noJob(method, url, status);
  return fromAnswer(request, decode(CreateAnswer, json, method, url));
}

function fromAnswer(
  request: RunRequest | CallRequest,
  { id: jobId, status, runId }: z.output<typeof CreateAnswer>,
): NamedJob {
  const named = { jobId, status: normalizeStatus(status) };
  const told = id(runId);
  return 'call' in request && told !== undefined && isPlainRunId(told) ? { ...named, runId: told } : named;
}

/** It has what a job has, though its id is none: whether it is one only a search can tell. */
function looksLikeJob(json: unknown): boolean {
  const { id: given, status } = record(json) ?? {};
  return given !== undefined && typeof status === 'string';
}

/** A call that was answered in full, with something that is no job. */
export function noJob(method: string, url: URL, status: number): KeboolaError {
  const reason = 'it was answered, but not with a job; a call that is answered at once is no asynchronous one';
  return new KeboolaError({ kind: 'no-job', method, path: url.pathname, status, reason });
}

function linkedJob(base: URL, json: unknown): string | undefined {
  const link = LinkAnswer.safeParse(json);
  const path = link.success ? URL.parse(link.data.url, base.href)?.pathname : undefined;
  return JOB_PATH.exec(path ?? '')?.[1];
}

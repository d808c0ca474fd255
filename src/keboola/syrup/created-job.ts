import { z } from 'zod';
import type { CallRequest, RunRequest } from '../../job/create/creation.js';
import { normalizeStatus } from '../../job/wait/status.js';
import { id, record } from '../../job/text/document-fields.js';
import { isPlainRunId } from '../../job/run-id.js';
import { decode } from '../http/decode.js';
import { KeboolaError } from '../http/keboola-error.js';
import { AnsweredJobId } from '../jobs/job-documents.js';
import type { KeboolaAnswer, KeboolaRequest } from '../http/exchange.js';

/** What the answer to a creation says about the job. */
export interface NamedJob {
  jobId: string;
  status: string;
  /** Only for a call of a component's own API, which may not use the RunId that was sent. */
  runId?: string;
}

const CreateAnswer = z.object({
  // Docker components answer with text, native applications with a number.
  id: AnsweredJobId,
  // Only the id counts: an answer with an odd status has created a job, too.
  status: z.string().catch('waiting'),
  runId: z.unknown().optional(),
});

const LinkAnswer = z.object({ url: z.string() });
/** The path of a job's address, on any host; only the id in it is used. */
const JOB_PATH = /\/queue\/jobs?\/(\w[\w-]{0,63})\/?$/;
const ACCEPTED = 202;

/**
 * The job that an answer names, by its `id`, or only by a `url`, as version 2 of the GoodData Writer does
 * (keboola/gooddata-writer-php-client).
 *
 * @throws KeboolaError of kind `protocol` if an accepted creation names no job, and `no-job` if a call was answered in
 * another way: then it is not a call that creates jobs.
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

/** Whether an answer looks like a job although its id is invalid: only a search can tell whether it is one. */
function looksLikeJob(json: unknown): boolean {
  const { id: given, status } = record(json) ?? {};
  return given !== undefined && typeof status === 'string';
}

/** The error for a call that got a complete answer which is not a job. */
export function noJob(method: string, url: URL, status: number): KeboolaError {
  const reason = 'the answer contains no job; this call is synchronous';
  return new KeboolaError({ kind: 'no-job', method, path: url.pathname, status, reason });
}

function linkedJob(base: URL, json: unknown): string | undefined {
  const link = LinkAnswer.safeParse(json);
  const path = link.success ? URL.parse(link.data.url, base.href)?.pathname : undefined;
  return JOB_PATH.exec(path ?? '')?.[1];
}

import { createHash } from 'node:crypto';
import { scalarText } from '../json.js';
import type { Job, JobFacts } from './job-record.js';

const GENERIC_MESSAGE = 'Internal error occurred, please contact support@keboola.com';

/** How a job ends if nobody kills it, with the result texts of keboola/syrup JobCommand and keboola/docker-bundle. */
export function outcomeOf(job: Job): Pick<JobFacts, 'status' | 'error' | 'result'> {
  const { status = 'success', error = 'user', result = {} } = job.script;
  if (status === 'error') return { status, error, result: { ...failureResult(job, error), ...result } };
  if (status !== 'success') return { status, error: null, result: { ...failureResult(job, null), ...result } };
  if (job.childrenFailed > 0) {
    const message = `${job.childrenFailed} of ${job.script.children?.length ?? 0} child jobs failed.`;
    return { status: 'warning', error: null, result: { message, exceptionId: exceptionId(job), ...result } };
  }
  return { status, error: null, result: { ...successResult(job), ...result } };
}

/** How a job ends that hit its time limit, in the words of keboola/docker-bundle Docker/Container.php. */
export function timeoutOutcome(job: Job): Pick<JobFacts, 'status' | 'error' | 'result'> {
  const seconds = job.processTimeoutSeconds ?? 0;
  const message = `Running ${imageOf(job)} container exceeded the timeout of ${seconds} seconds.`;
  return userFailure(job, message);
}

export function userFailure(job: Job, message: string): Pick<JobFacts, 'status' | 'error' | 'result'> {
  return { status: 'error', error: 'user', result: { message, exceptionId: exceptionId(job), context: {} } };
}

function successResult(job: Job): Record<string, unknown> {
  const message = job.script.message ?? 'Component processing finished.';
  if (job.facts.app !== 'docker') return { message };
  const image = { id: imageOf(job), digests: [] };
  return { message, images: [[image]], configVersion: '1' };
}

function failureResult(job: Job, error: string | null): Record<string, unknown> {
  const message =
    job.script.message ??
    (error === 'application' ? GENERIC_MESSAGE : `The job ended as ${job.script.status ?? 'error'}.`);
  const base = { message, exceptionId: exceptionId(job) };
  return error === 'user' ? { ...base, context: {} } : base;
}

function imageOf({ facts: { app, params } }: Job): string {
  const [component, tag] = [params['component'], params['tag']].map(scalarText);
  return `sandbox/${component ?? app}:${tag ?? 'latest'}`;
}

export function exceptionId({ facts }: Job): string {
  const digest = createHash('md5')
    .update(`${facts.id}-${facts.startedAtMs ?? 0}`)
    .digest('hex');
  return `${facts.app}-${digest}`;
}

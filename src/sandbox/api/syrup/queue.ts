import { isFinished } from '../../world/job-record.js';
import type { Job } from '../../world/job-record.js';
import { killJob } from '../../world/kill-job.js';
import { listJobs } from './list-jobs.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { syrupHolder } from '../call.js';
import type { Call, Holder } from '../call.js';
import { SyrupProblem } from '../../answer/problem.js';

/** `GET /queue/job/{id}`, in both spellings: a realtime read, which has a job as soon as create has answered. */
export function readJob(call: Call): Answer {
  const { facts } = ownJob(call, syrupHolder(call));
  return ok(withMetrics(call, call.simulation.documents.detail(facts)));
}

/** `GET /queue/jobs`: a bare array, only as fresh as the search index. */
export function listJobsOf(call: Call): Answer {
  const { project } = syrupHolder(call);
  const documents = listJobs(call.simulation, project, call.query);
  return ok(documents.map((document) => withMetrics(call, document)));
}

/** `POST /queue/jobs/{id}/kill`: accepts the request; only a later read shows what came of it. */
export function kill(call: Call): Answer {
  const holder = syrupHolder(call);
  const job = ownJob(call, holder);
  const forbidding = killJob(call.simulation.world, job, holder.token);
  if (forbidding === undefined) return { status: 202, json: { message: 'Job kill request accepted.' } };
  const state = isFinished(forbidding) ? `has already finished as "${forbidding}"` : `is already "${forbidding}"`;
  throw new SyrupProblem(400, `Job ${job.facts.id} cannot be killed, it ${state}.`);
}

/** A job of another project is as unknown as one that never existed. */
function ownJob(call: Call, { project }: Holder): Job {
  const { id = '' } = call.params;
  const job = call.simulation.world.jobs.get(id);
  if (job?.project !== project) throw new SyrupProblem(404, `Job "${id}" not found`);
  return job;
}

function withMetrics(call: Call, document: object): object {
  const included = (call.query.get('include') ?? '').split(',');
  if (!included.includes('metrics')) return document;
  const none = { inBytes: 0, outBytes: 0 };
  return { ...document, metrics: { network: none, storage: none, backend: { size: null } } };
}

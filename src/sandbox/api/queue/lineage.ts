import { createHash } from 'node:crypto';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { QueueProblem } from '../../answer/queue-problem.js';
import { scalarText } from '../../json.js';
import type { JsonObject } from '../../json.js';
import type { Job } from '../../world/job-record.js';
import { queueHolder } from '../call.js';
import type { Call } from '../call.js';
import { findJob, unknownJob } from './queue-call.js';

/** `GET /jobs/{id}/open-api-lineage`: what a job read and wrote, as two OpenLineage events, here without tables. */
export function lineageOf(call: Call, asked: 'jobs' | 'job'): Answer {
  const holder = queueHolder(call);
  // The specification says `/jobs`, the PHP client calls `/job`.
  if (asked !== call.simulation.settings.queueLineagePath) {
    throw new QueueProblem(404, `No route found for "GET ${call.path}"`);
  }
  const job = findJob(call, holder);
  if (job === undefined) throw unknownJob(call);
  const { startedAtMs, endedAtMs } = job.facts;
  return ok([
    ...(startedAtMs === null ? [] : [event(call, job, 'START', startedAtMs)]),
    ...(startedAtMs === null || endedAtMs === null ? [] : [event(call, job, 'COMPLETE', endedAtMs)]),
  ]);
}

function event({ origin }: Call, { facts }: Job, eventType: 'START' | 'COMPLETE', atMs: number): JsonObject {
  const { id, project, params } = facts;
  const name = [params['component'], params['config']].flatMap((part) => scalarText(part) ?? []).join('-');
  return {
    eventType,
    eventTime: new Date(atMs).toISOString(),
    run: { runId: uuidOf(id) },
    job: { namespace: `${new URL(origin).host}/project/${project.id}`, name },
    producer: origin,
    [eventType === 'START' ? 'inputs' : 'outputs']: [],
  };
}

function uuidOf(id: string): string {
  const hex = createHash('md5').update(id).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

import type { Component, Project, Token } from '../fixture/schema.js';
import type { Script } from '../fixture/script-schema.js';
import type { JsonObject } from '../json.js';
import type { Job, JobFacts } from './job-record.js';
import { lockNameOf } from './admission/lock-name.js';
import { processTimeoutOf } from './process-timeout.js';
import type { World } from './world.js';

export interface NewJob {
  project: Project;
  token: Token;
  component: Component;
  params: JsonObject;
  /** The command for the app; `run` if absent. */
  command?: string;
  /** The `X-KBC-RunId` of the caller: any text, taken literally. */
  runIdPrefix: string | undefined;
  script: Script;
  parent?: Job['parent'];
  /** Set for a job of Queue v2, whose run id ends with its own id. */
  queue?: JobFacts['queue'];
  /** The job excludes no other job, whatever its configuration. */
  hasOwnLock?: boolean;
  conductor?: Job['conductor'];
  mayBegin?: Job['mayBegin'];
}

/** Writes the document and puts the job into the queue. */
export function createJob(world: World, asked: NewJob): Job {
  const job = draftJob(world, asked);
  writeJob(world, job);
  return job;
}

/** Creates a job without writing it. Takes the id first, then the run id; in Syrup both are tickets of one sequence. */
export function draftJob(world: World, asked: NewJob): Job {
  const { component, project, token, params, script, runIdPrefix, queue } = asked;
  const id = world.tickets.take();
  const ticket = queue === undefined ? world.tickets.take() : id;
  const lockParams = asked.hasOwnLock === true ? {} : params;
  const isCreatedFirst = queue !== undefined || script.createdForSeconds !== undefined;
  return {
    facts: {
      id,
      runId: runIdPrefix === undefined ? ticket : `${runIdPrefix}.${ticket}`,
      lockName: lockNameOf(component, { projectId: project.id, tokenId: token.id, params: lockParams, unique: id }),
      project: { id: project.id, name: project.name },
      token: { id: token.id, description: token.description },
      app: component.kind === 'docker' ? 'docker' : component.id,
      command: asked.command ?? 'run',
      params,
      result: {},
      status: isCreatedFirst ? 'created' : 'waiting',
      process: { host: 'sandbox-syrup-API', pid: pidOf(id) },
      createdAtMs: world.nowMs,
      startedAtMs: null,
      endedAtMs: null,
      durationSeconds: null,
      waitSeconds: null,
      error: null,
      terminatedBy: { id: null, description: null },
      usage: null,
      ...(queue === undefined ? {} : { queue }),
    },
    project,
    token,
    script,
    processTimeoutSeconds: processTimeoutOf(world, project, component, params, script),
    parent: asked.parent,
    isGhost: script.neverQueued === true,
    attempt: 0,
    isExecuting: false,
    bounces: 0,
    reruns: 0,
    ownWorkDone: false,
    childrenOpen: 0,
    childrenFailed: 0,
    isReported: false,
    conductor: asked.conductor,
    mayBegin: asked.mayBegin,
  };
}

/** Writes the document first, then sends the message to the workers: a failure between the two leaves a ghost. */
export function writeJob(world: World, job: Job): void {
  const { createdForSeconds } = job.script;
  const jobId = job.facts.id;
  world.add(job);
  if (job.facts.queue !== undefined) {
    // A Queue v2 job begins as created anyway. There is no message that could be lost: the daemon comes by.
    const afterSeconds = createdForSeconds ?? world.settings.pickUpDelaySeconds;
    if (!job.isGhost) world.schedule(afterSeconds, { kind: 'message', jobId });
  } else if (createdForSeconds !== undefined) world.schedule(createdForSeconds, { kind: 'enqueue', jobId });
  else if (!job.isGhost) world.schedule(world.settings.pickUpDelaySeconds, { kind: 'message', jobId });
}

/** A job that was shown as created goes into the queue. */
export function enqueue(world: World, job: Job): void {
  if (job.facts.status !== 'created') return;
  world.write(job, { status: 'waiting' });
  if (!job.isGhost) world.schedule(world.settings.pickUpDelaySeconds, { kind: 'message', jobId: job.facts.id });
}

/** Any stable number will do; it only has to look like a process id. */
export function pidOf(id: string, attempt = 0): number {
  return 1_000 + ((Number(id.slice(-6)) + attempt * 7) % 30_000);
}

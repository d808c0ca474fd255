import type { Project, Token } from '../fixture/schema.js';
import type { Script } from '../fixture/script-schema.js';
import type { JsonObject } from '../json.js';
import type { Job } from './job-record.js';
import type { World } from './world.js';

interface NewJob {
  project: Project;
  token: Token;
  app: string;
  params: JsonObject;
  /** What the lock's name says after app and project; none locks the whole app. */
  lockSuffix: string | undefined;
  /** The `X-KBC-RunId` of the caller: any text, taken literally. */
  runIdPrefix: string | undefined;
  script: Script;
  parentId?: number;
}

/** Writes the document and puts the job into the queue. Id first, then run id, both from the one ticket sequence. */
export function createJob(world: World, asked: NewJob): Job {
  const id = world.ticket();
  const ticket = world.ticket();
  const lockName = [asked.app, asked.project.id, asked.lockSuffix].filter((part) => part !== undefined).join('-');
  const job: Job = {
    facts: {
      id,
      runId: asked.runIdPrefix === undefined ? String(ticket) : `${asked.runIdPrefix}.${ticket}`,
      lockName,
      project: { id: asked.project.id, name: asked.project.name },
      token: { id: asked.token.id, description: asked.token.description },
      app: asked.app,
      params: asked.params,
      result: {},
      status: 'waiting',
      process: { host: 'sandbox-syrup-API', pid: pidOf(id) },
      createdAtMs: world.nowMs,
      startedAtMs: null,
      endedAtMs: null,
      durationSeconds: null,
      waitSeconds: null,
      error: null,
      terminatedBy: { id: null, description: null },
      usage: null,
    },
    project: asked.project,
    token: asked.token,
    script: asked.script,
    parentId: asked.parentId,
    attempt: 0,
    ownWorkDone: false,
    childrenOpen: 0,
    childrenFailed: 0,
  };
  world.add(job);
  world.schedule(world.settings.pickUpDelaySeconds, { kind: 'pickUp', jobId: id });
  return job;
}

/** Any stable number will do; it only has to look like a process id. */
export function pidOf(seed: number): number {
  return 1_000 + (seed % 30_000);
}

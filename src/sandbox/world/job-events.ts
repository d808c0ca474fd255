import { scalarText } from '../json.js';
import type { Job } from './job-record.js';
import type { World } from './world.js';
import type { NewEvent } from '../storage/event-log.js';
import type { EventType } from '../fixture/event-types.js';
import type { StorageJob } from '../storage/storage-job.js';

const DURATION_SECONDS_DEFAULT = 3;

/** The event type for a job's final status; any other status is a warning. */
const TYPES: Record<string, EventType> = { success: 'success', error: 'error' };

/** Writes the event of a job's start and schedules those of its progress. */
export function writeStartEvent(world: World, job: Job): void {
  write(world, job, { message: `Running ${componentOf(job)}` });
  if (job.conductor !== undefined) return;
  const { events = [], durationSeconds = DURATION_SECONDS_DEFAULT } = job.script;
  const times = events.length === 0 ? [durationSeconds / 2] : events.map(({ afterSeconds = 0 }) => afterSeconds);
  times.forEach((afterSeconds, position) => {
    world.schedule(afterSeconds, { kind: 'log', jobId: job.facts.id, attempt: job.attempt, position });
  });
}

/** Writes what a component reports while it works: what its script says, or just that it works. */
export function writeProgressEvent(world: World, job: Job, position: number): void {
  if (job.facts.status !== 'processing') return;
  const scripted = job.script.events?.[position];
  if (scripted === undefined) write(world, job, { message: `${componentOf(job)} is at work.` });
  else write(world, job, { message: scripted.message, ...(scripted.type !== undefined && { type: scripted.type }) });
}

/** Writes the event of a job's end; a job that never ran has no events. */
export function writeEndEvent(world: World, job: Job): void {
  const { status, result, durationSeconds } = job.facts;
  if (status === 'cancelled') return;
  const [message, exceptionId] = [scalarText(result['message']), scalarText(result['exceptionId'])];
  write(world, job, {
    message: message ?? `The job ended as ${status}.`,
    type: TYPES[status] ?? 'warn',
    durationSeconds,
    params: exceptionId === undefined ? {} : { exceptionId },
  });
}

/** Writes what Storage itself did or failed to do. */
export function writeStorageEvent(world: World, job: StorageJob): void {
  const { operation, error, tableId, runId, token, project } = job;
  const done = `storage.${EVENT_NAMES[operation] ?? `${operation}Done`}`;
  const startedAtMs = job.startedAtMs ?? world.nowMs;
  const about = tableId === null ? '' : ` ${tableId}`;
  const event: NewEvent = {
    projectId: project.id,
    token,
    component: 'storage',
    runId,
    objectId: tableId,
    event: error === undefined ? done : `storage.${operation}Failed`,
    type: error === undefined ? 'success' : 'error',
    message: error === undefined ? `${operation}${about} is done.` : `${operation}${about} failed: ${error.message}`,
    params: job.operationParams,
    durationSeconds: Math.round((world.nowMs - startedAtMs) / 1000),
  };
  world.storage.events.add(event, world.nowMs);
}

const EVENT_NAMES: Record<string, string> = {
  tableCreate: 'tableCreated',
  tableDefinitionCreate: 'tableCreated',
  tableImport: 'tableImportDone',
  tableExport: 'tableExported',
  tableDrop: 'tableDeleted',
  tableRowsDelete: 'tableRowsDeleted',
  bucketDelete: 'bucketDeleted',
  fileDelete: 'fileDeleted',
  workspaceCreate: 'workspaceCreated',
  workspaceDrop: 'workspaceDeleted',
  workspaceLoad: 'workspaceLoaded',
  devBranchCreate: 'devBranchCreated',
  devBranchDelete: 'devBranchDeleted',
};

function write(world: World, job: Job, event: Partial<NewEvent> & { message: string }): void {
  const { project, token, params, id, queue } = job.facts;
  // The runner of Queue v2 passes Storage the bare id: a deep run id would be too long (keboola/job-runner).
  const runId = queue === undefined ? job.facts.runId : id;
  const component = componentOf(job);
  const configurationId = scalarText(params['config']) ?? null;
  const head = { projectId: project.id, token, component, configurationId, event: `ext.${component}.`, runId };
  world.storage.events.add({ ...head, ...event }, world.nowMs);
}

function componentOf({ facts: { app, params } }: Job): string {
  return app === 'docker' ? (scalarText(params['component']) ?? app) : app;
}

import type { JsonObject } from '../../../json.js';
import type { JobStatus } from '../../job-record.js';
import type { FlowPhase } from './flow-content.js';
import type { TaskRun } from './flow-task.js';

export interface PhaseEnd {
  phase: FlowPhase;
  status: JobStatus;
  startedAtMs: number;
  endedAtMs: number;
}

/** A flow's report on its tasks and phases, in the form that keboola-sdk-go reads. */
export function flowResult(runs: readonly TaskRun[], ends: readonly PhaseEnd[]): JsonObject {
  return { tasks: runs.map(taskResult), phases: ends.map(phaseResult) };
}

function taskResult({ task, job }: TaskRun): JsonObject {
  const { id, name, phase, request } = task;
  const type = request === undefined ? 'notification' : 'job';
  const facts = job?.facts;
  const [jobId, status] = [facts?.id ?? null, facts?.status ?? (request === undefined ? 'success' : 'error')];
  const duration = facts?.durationSeconds ?? null;
  return {
    id,
    name,
    type,
    phase,
    jobId,
    status,
    component: request?.component ?? null,
    duration,
    startTime: timeText(facts?.startedAtMs ?? null),
    results: facts === undefined ? [] : [{ jobId, status, duration, result: facts.result }],
  };
}

function phaseResult({ phase: { id, name }, status, startedAtMs, endedAtMs }: PhaseEnd): JsonObject {
  const duration = Math.floor(endedAtMs / 1000) - Math.floor(startedAtMs / 1000);
  return { id, name, status, duration, startTime: timeText(startedAtMs) };
}

function timeText(atMs: number | null): string | null {
  return atMs === null ? null : `${new Date(atMs).toISOString().slice(0, 19)}+00:00`;
}

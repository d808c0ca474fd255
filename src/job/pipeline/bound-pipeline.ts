import { jsonBytes } from '../bound-result.js';
import { countsOf } from '../wait/status-counts.js';
import type { PhaseResult, PipelineResult, TaskResult } from './result.js';

/** A result travels through workflow history; the whole of it stays readable job by job. */
export const PIPELINE_BYTES_MAX = 256 * 1024;
/** The limit for what a nested pipeline returns to its parent, and for a memo. */
export const BRIEF_PIPELINE_BYTES_MAX = 32 * 1024;

/**
 * Keeps a result of up to `bytesMax` bytes of JSON whole. Of a larger one it keeps the number of tasks per phase and
 * status, and as many failed tasks as there is room for.
 *
 * @param force bounds a result that would fit, because it is known to be incomplete.
 */
export function boundPipeline(result: PipelineResult, bytesMax = PIPELINE_BYTES_MAX, force = false): PipelineResult {
  if (!force && jsonBytes(result) <= bytesMax) return result;
  const room = { bytes: bytesMax - jsonBytes({ ...result, phases: [], truncated: true }) };
  const phases = counted(result.phases, room);
  phases.forEach((phase, at) => {
    for (const task of failedOf(result.phases[at])) {
      const shown = fitting(task, room);
      if (!shown) break;
      phase.tasks.push(shown);
    }
  });
  return { ...result, phases, truncated: true };
}

interface Room {
  bytes: number;
}

function counted(phases: readonly PhaseResult[], room: Room): PhaseResult[] {
  const kept: PhaseResult[] = [];
  for (const { name, status, tasks, counts } of phases) {
    const phase = { name, status, counts: counts ?? countsOf(tasks), tasks: [] };
    room.bytes -= jsonBytes(phase) + 1;
    if (room.bytes < 0) break;
    kept.push(phase);
  }
  return kept;
}

function failedOf(phase: PhaseResult | undefined): TaskResult[] {
  return phase?.tasks.filter(({ error }) => error !== undefined) ?? [];
}

/** The task, without its answer if that does not fit; undefined if the task does not fit even so. */
function fitting(task: TaskResult, room: Room): TaskResult | undefined {
  const { job, pipeline, storage, action, ...bare } = task;
  for (const shown of [task, bare]) {
    const bytes = jsonBytes(shown) + 1;
    if (bytes > room.bytes) continue;
    room.bytes -= bytes;
    return shown;
  }
  return undefined;
}

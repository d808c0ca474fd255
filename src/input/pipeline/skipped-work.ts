import { TASK_KINDS } from '../../job/pipeline/kinds.js';
import { isRecord } from '../find-problems.js';

/**
 * A pipeline without what its skipped tasks would run. That may be incomplete, because an orchestration keeps a
 * disabled task just as it was left. The depth of the pipeline must have been checked.
 */
export function withoutSkippedWork(pipeline: Record<string, unknown>): Record<string, unknown> {
  const { phases } = pipeline;
  return Array.isArray(phases) ? { ...pipeline, phases: phases.map(phaseOf) } : pipeline;
}

function phaseOf(phase: unknown): unknown {
  if (!isRecord(phase) || !Array.isArray(phase['tasks'])) return phase;
  return { ...phase, tasks: phase['tasks'].map((task: unknown) => taskOf(task, phase['enabled'] === false)) };
}

function taskOf(task: unknown, phaseIsSkipped: boolean): unknown {
  if (!isRecord(task)) return task;
  if (phaseIsSkipped || task['enabled'] === false) {
    const kinds: readonly string[] = TASK_KINDS;
    return Object.fromEntries(Object.entries(task).filter(([key]) => !kinds.includes(key)));
  }
  return isRecord(task['pipeline']) ? { ...task, pipeline: withoutSkippedWork(task['pipeline']) } : task;
}

import { isRecord } from '../../input/find-problems.js';

/** Deeper pipelines are refused anyway. */
const DEPTH_MAX = 20;

/**
 * A pipeline without the fields that only hold anchors, such as `x-retry: &retry { … }`, which other tools' files use,
 * too. They may stand beside the fields of a pipeline, a phase or a task.
 */
export function withoutExtensions(value: unknown, depth = 0): unknown {
  if (!isRecord(value) || depth > DEPTH_MAX) return value;
  const { phases, ...pipeline } = ownFields(value);
  return phases === undefined ? pipeline : { ...pipeline, phases: inList(phases, (phase) => phaseOf(phase, depth)) };
}

function phaseOf(value: unknown, depth: number): unknown {
  if (!isRecord(value)) return value;
  const { tasks, ...phase } = ownFields(value);
  return tasks === undefined ? phase : { ...phase, tasks: inList(tasks, (task) => taskOf(task, depth)) };
}

function taskOf(value: unknown, depth: number): unknown {
  if (!isRecord(value)) return value;
  const { pipeline, ...task } = ownFields(value);
  return pipeline === undefined ? task : { ...task, pipeline: withoutExtensions(pipeline, depth + 1) };
}

function inList(value: unknown, change: (item: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(change) : value;
}

function ownFields(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !key.startsWith('x-')));
}

import { isRecord } from '../find-problems.js';

/** A task of an unchecked pipeline, and where it is. */
export interface FoundTask {
  task: Record<string, unknown>;
  path: string;
  /** Whether the task runs: neither it, nor its phase, nor anything around its pipeline is switched off. */
  enabled: boolean;
}

/** An unchecked pipeline: any field may have any type. Nested pipelines come after the one that holds them. */
export interface FoundPipeline {
  pipeline: Record<string, unknown>;
  /** Dotted path that ends in a dot; empty for the outermost pipeline. */
  path: string;
  /** 1 for the outermost pipeline. */
  depth: number;
  phases: number;
  enabled: boolean;
  tasks: FoundTask[];
}

/** All pipelines of an input, down to one level below `depthMax`. The input must be finite, as JSON is. */
export function findPipelines(input: unknown, depthMax: number): FoundPipeline[] {
  const found: FoundPipeline[] = [];
  visit(input, '', 1, true);
  return found;

  function visit(value: unknown, path: string, depth: number, enabled: boolean): void {
    if (!isRecord(value)) return;
    const phases = list(value['phases']);
    const tasks = phases.flatMap((phase, at) => tasksOf(phase, `${path}phases.${at}.tasks`, enabled));
    found.push({ pipeline: value, path, depth, phases: phases.length, enabled, tasks });
    if (depth > depthMax) return;
    for (const { task, path: here, enabled: runs } of tasks)
      visit(task['pipeline'], `${here}.pipeline.`, depth + 1, runs);
  }
}

function tasksOf(phase: unknown, path: string, enabled: boolean): FoundTask[] {
  if (!isRecord(phase)) return [];
  return list(phase['tasks']).flatMap((task, at) => {
    if (!isRecord(task)) return [];
    const runs = enabled && phase['enabled'] !== false && task['enabled'] !== false;
    return [{ task, path: `${path}.${at}`, enabled: runs }];
  });
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

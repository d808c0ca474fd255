/** A task of a pipeline that has not been checked, and where it is. */
export interface FoundTask {
  task: Record<string, unknown>;
  path: string;
}

/** A pipeline that has not been checked: anything may be anything. Nested ones come after the one that holds them. */
export interface FoundPipeline {
  pipeline: Record<string, unknown>;
  /** Dotted path with a dot at its end, empty for the outermost one. */
  path: string;
  /** 1 for the outermost one. */
  depth: number;
  phases: number;
  tasks: FoundTask[];
}

/** All pipelines of an input, down to one level below `depthMax`. Every list in it has to be finite, as JSON is. */
export function findPipelines(input: unknown, depthMax: number): FoundPipeline[] {
  const found: FoundPipeline[] = [];
  visit(input, '', 1);
  return found;

  function visit(value: unknown, path: string, depth: number): void {
    if (!isRecord(value)) return;
    const phases = list(value['phases']);
    const tasks = phases.flatMap((phase, at) => tasksOf(phase, `${path}phases.${at}.tasks`));
    found.push({ pipeline: value, path, depth, phases: phases.length, tasks });
    if (depth > depthMax) return;
    for (const task of tasks) visit(task.task['pipeline'], `${task.path}.pipeline.`, depth + 1);
  }
}

function tasksOf(phase: unknown, path: string): FoundTask[] {
  const tasks = isRecord(phase) ? list(phase['tasks']) : [];
  return tasks.flatMap((task, at) => (isRecord(task) ? [{ task, path: `${path}.${at}` }] : []));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

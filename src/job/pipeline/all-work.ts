import { isEnabled } from './enabled.js';
import type { PipelineInput, TaskInput } from './input.js';
import { kindOf } from './kinds.js';

/** A task that runs in a project, and where its input is. */
export interface FoundWork {
  task: TaskInput;
  /** The name of the project's connection, if the task gives one. */
  connection?: string;
  path: string;
}

/**
 * The tasks of a checked pipeline that run in a project, including those of nested pipelines. Skipped tasks are left
 * out.
 */
export function allWork(pipeline: PipelineInput, path = ''): FoundWork[] {
  return pipeline.phases.flatMap((phase, index) =>
    phase.tasks.flatMap((task, at) => {
      if (!isEnabled(phase, task)) return [];
      const here = `${path}phases.${index}.tasks.${at}`;
      if (task.pipeline) return allWork(task.pipeline, `${here}.pipeline.`);
      const { kind, input } = kindOf(task);
      return { task, path: `${here}.${kind}`, ...(input && 'connection' in input && { connection: input.connection }) };
    }),
  );
}

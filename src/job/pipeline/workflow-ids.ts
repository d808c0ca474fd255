import { workflowIdBytes } from '../workflow-id-limit.js';
import { isEnabled } from './enabled.js';
import { type PipelineInput } from './input.js';
import { taskIds } from './task-ids.js';

/** The id of a task's workflow; each attempt has its own workflow. */
export function childWorkflowId(parent: string, taskId: string, attempt: number): string {
  return `${parent}/${taskId}${attempt === 1 ? '' : `;attempt=${attempt}`}`;
}

/**
 * The inverse of `childWorkflowId`.
 * @returns undefined if the pipeline has no such child.
 */
export function taskOfChild(parent: string, workflowId: string): { taskId: string; attempt: number } | undefined {
  if (!workflowId.startsWith(`${parent}/`)) return undefined;
  const [taskId = '', attempt = '1'] = workflowId.slice(parent.length + 1).split(';attempt=');
  return { taskId, attempt: Number(attempt) };
}

/** The longest workflow id that a pipeline will create, nested pipelines included, and the path of its task. */
export function longestChildId(parent: string, pipeline: PipelineInput, path = ''): { id: string; path: string } {
  const places = pipeline.phases.flatMap((phase, index) =>
    phase.tasks.map((task, at) => ({ phase, task, path: `${path}phases.${index}.tasks.${at}` })),
  );
  const ids = taskIds(places.map(({ task }) => task));
  let longest = { id: '', path };
  places.forEach(({ phase, task, path: here }, at) => {
    if (!isEnabled(phase, task)) return;
    const id = childWorkflowId(parent, ids[at] ?? '', task.retry?.attempts ?? 1);
    const below = task.pipeline ? longestChildId(id, task.pipeline, `${here}.pipeline.`) : { id, path: here };
    if (workflowIdBytes(below.id) > workflowIdBytes(longest.id)) longest = below;
  });
  return longest;
}

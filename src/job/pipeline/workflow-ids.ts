import { workflowIdBytes } from '../workflow-id-limit.js';
import { type PipelineInput } from './input.js';
import { taskIds } from './task-ids.js';

/** The workflow of a task; each attempt has one of its own. */
export function childWorkflowId(parent: string, taskId: string, attempt: number): string {
  return `${parent}/${taskId}${attempt === 1 ? '' : `;attempt=${attempt}`}`;
}

/** The longest workflow id that a pipeline will make, nested ones included, and the path of its task. */
export function longestChildId(parent: string, pipeline: PipelineInput, path = ''): { id: string; path: string } {
  const places = pipeline.phases.flatMap(({ tasks }, phase) =>
    tasks.map((task, at) => ({ task, path: `${path}phases.${phase}.tasks.${at}` })),
  );
  const ids = taskIds(places.map(({ task }) => task));
  let longest = { id: '', path };
  places.forEach(({ task, path: here }, at) => {
    const id = childWorkflowId(parent, ids[at] ?? '', task.retry?.attempts ?? 1);
    const below = task.pipeline ? longestChildId(id, task.pipeline, `${here}.pipeline.`) : { id, path: here };
    if (workflowIdBytes(below.id) > workflowIdBytes(longest.id)) longest = below;
  });
  return longest;
}

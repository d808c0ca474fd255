import type { PipelineView, TaskView } from '../../job/pipeline/view.js';

/** Each is a query of its own; what is not asked for is shown as its parent knows it. */
const ASKED_MAX = 10;

/** Adds what runs within nested pipelines. One that cannot be asked is left as it is: it may have ended in this moment. */
export async function withNested(
  view: PipelineView,
  ask: (workflowId: string) => Promise<PipelineView>,
): Promise<PipelineView> {
  const running = view.phases.flatMap(({ tasks }) => tasks.filter(runsPipeline)).slice(0, ASKED_MAX);
  const views = new Map<string, PipelineView>();
  await Promise.all(
    running.map(async ({ id, workflowId }) => {
      const nested = workflowId === undefined ? undefined : await ask(workflowId).catch(() => undefined);
      if (nested) views.set(id, nested);
    }),
  );
  if (views.size === 0) return view;
  const known = (task: TaskView): TaskView => {
    const pipeline = views.get(task.id);
    return pipeline ? { ...task, pipeline } : task;
  };
  return { ...view, phases: view.phases.map((phase) => ({ ...phase, tasks: phase.tasks.map(known) })) };
}

function runsPipeline({ kind, status }: TaskView): boolean {
  return kind === 'pipeline' && status === 'running';
}

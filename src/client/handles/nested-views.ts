import type { PipelineView, TaskView } from '../../job/pipeline/view.js';

/** Each nested pipeline costs a query; those beyond the limit are shown as their parent knows them. */
const ASKED_MAX = 10;

/** Adds the views of nested pipelines. One that does not answer is left as it is: it may have ended just now. */
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

import type { Client } from '@temporalio/client';
import { MAX_PARALLEL_MAX } from '../../job/pipeline/input.js';
import type { PipelineView, TaskView } from '../../job/pipeline/view.js';
import { listRunningChildren } from '../../temporal/look.js';
import { rowOf } from '../list-jobs.js';

/**
 * Adds the ids of the running jobs. The jobs' workflows write them into search attributes; the pipeline itself learns
 * them only at the end, since every message to it would cost history events. Without search attributes, or while the
 * list lags, the ids are missing.
 */
export async function withRunningJobs(client: Client, workflowId: string, view: PipelineView): Promise<PipelineView> {
  if (!view.phases.some(({ tasks }) => tasks.some(runsJob))) return view;
  const jobs = await jobsBelow(client, workflowId);
  if (jobs.size === 0) return view;
  const known = (task: TaskView): TaskView => {
    const jobId = runsJob(task) ? jobs.get(task.workflowId) : undefined;
    return jobId === undefined ? task : { ...task, jobId };
  };
  return { ...view, phases: view.phases.map((phase) => ({ ...phase, tasks: phase.tasks.map(known) })) };
}

function runsJob({ kind, status }: TaskView): boolean {
  return kind !== 'pipeline' && status === 'running';
}

/** Job ids by workflow id. */
async function jobsBelow(client: Client, workflowId: string): Promise<Map<string | undefined, string>> {
  const jobs = new Map<string | undefined, string>();
  try {
    for await (const info of listRunningChildren(client, workflowId, MAX_PARALLEL_MAX)) {
      const row = rowOf(info);
      if (row.jobId !== undefined) jobs.set(row.workflowId, row.jobId);
      if (jobs.size >= MAX_PARALLEL_MAX) break;
    }
  } catch {
    // The server has no visibility store: the view is useful without the ids.
    return new Map();
  }
  return jobs;
}

import type { WorkflowHandle } from '@temporalio/client';
import type { PipelineInput, TaskInput } from '../../../src/job/pipeline/input.js';
import type { PipelineResult } from '../../../src/job/pipeline/result.js';
import type { JobResult } from '../../../src/job/result.js';
import type { CliLab } from '../../support/cli-lab.js';

const BRANCHES = 4;
const CHILDREN = 4;
/** Two jobs in each branch, each with its children. */
export const JOBS = BRANCHES * 2 * (1 + CHILDREN);
/** A pipeline, one in each branch, and a workflow for each job. */
export const WORKFLOWS = 1 + BRANCHES + JOBS;

/** Three levels: pipelines within a pipeline, their jobs, and the jobs that Keboola spawns below those. */
export function fortyJobs(marker: string, durationSeconds: number): PipelineInput {
  return {
    name: marker,
    maxParallel: BRANCHES,
    phases: [
      { name: 'all', tasks: Array.from({ length: BRANCHES }, (_, at) => branch(`branch-${at}`, durationSeconds)) },
    ],
  };
}

function branch(id: string, durationSeconds: number): TaskInput {
  const phases = ['first', 'second'].map((name) => ({ name, tasks: [parent(name, durationSeconds)] }));
  return { id, pipeline: { name: id, phases } };
}

function parent(id: string, durationSeconds: number): TaskInput {
  const child = { component: 'keboola.ex-http', durationSeconds };
  const sandbox = { durationSeconds, children: Array.from({ length: CHILDREN }, () => child) };
  return { id, job: { component: 'keboola.ex-http', configData: { parameters: { sandbox } } } };
}

export async function startTree(lab: CliLab, marker: string, durationSeconds = 1): Promise<WorkflowHandle> {
  return await lab.temporal.workflow.start('runPipeline', {
    workflowId: marker,
    taskQueue: lab.taskQueue,
    args: [fortyJobs(marker, durationSeconds)],
  });
}

/** What a result tells apart from ids and times: the same after every run of the same tree. */
export function shapeOf(result: PipelineResult): unknown {
  return result.phases.map(({ name, status, tasks }) => ({
    name,
    status,
    tasks: tasks.map(({ id, status: ended, job, pipeline }) => ({
      id,
      ended,
      ...(job && { job: jobShape(job) }),
      ...(pipeline && { pipeline: shapeOf(pipeline) }),
    })),
  }));
}

function jobShape({ status, outcome, children = [] }: JobResult): unknown {
  return { status, outcome, children: children.map(jobShape) };
}

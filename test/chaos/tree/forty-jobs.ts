import type { WorkflowHandle } from '@temporalio/client';
import type { PipelineInput, TaskInput } from '../../../src/job/pipeline/input.js';
import type { PipelineResult } from '../../../src/job/pipeline/result.js';
import type { JobResult } from '../../../src/job/result.js';
import type { CliLab } from '../../support/cli-lab.js';
import type { TreeDialect } from './tree-dialects.js';

const BRANCHES = ['branch-0', 'branch-1', 'branch-2', 'branch-3'];
const PHASES = ['first', 'second'];
export const CHILDREN = 4;
/** Two jobs in each branch, each with its children. */
export const PARENTS = BRANCHES.flatMap((branch) => PHASES.map((phase) => `${branch}-${phase}`));
export const JOBS = PARENTS.length * (1 + CHILDREN);
/** A pipeline, one in each branch, and a workflow for each job. */
export const WORKFLOWS = 1 + BRANCHES.length + JOBS;

/** Three levels: pipelines within a pipeline, their jobs, and the jobs that Keboola spawns below those. */
function fortyJobs(marker: string, { parent }: TreeDialect): PipelineInput {
  const branches = BRANCHES.map((branch): TaskInput => {
    const phases = PHASES.map((name) => ({
      name,
      tasks: [{ id: name, job: parent(`${branch}-${name}`) } as TaskInput],
    }));
    return { id: branch, pipeline: { name: branch, phases } };
  });
  return { name: marker, maxParallel: BRANCHES.length, phases: [{ name: 'all', tasks: branches }] };
}

export async function startTree(lab: CliLab, dialect: TreeDialect, marker: string): Promise<WorkflowHandle> {
  return await lab.temporal.workflow.start('runPipeline', {
    workflowId: marker,
    taskQueue: lab.taskQueue,
    args: [fortyJobs(marker, dialect)],
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

import { defineQuery } from '@temporalio/workflow';
import type { PipelinePlan, TaskPlan } from './plan.js';
import type { PhaseStatus, PipelineStatus, TaskStatus } from './result.js';
import { pipelineStatus } from './rules.js';
import type { PipelineState, TaskState } from '../pipeline-state.js';
import { statusOfPhase } from './course.js';
import { childWorkflowId } from './workflow-ids.js';
import { cut } from '../text/well-formed.js';
import { countsOf } from '../wait/status-counts.js';

/** Answer of the `pipeline` query: where the pipeline stands. */
export interface PipelineView {
  name: string;
  status: PipelineStatus | 'preparing' | 'running' | 'stopping';
  rootRunId: string;
  /** One line about what the pipeline waits for before it begins. */
  note?: string;
  phases: PhaseView[];
}

export interface PhaseView {
  name: string;
  status: PhaseStatus | 'running';
  /** Tasks by status. */
  counts: Partial<Record<TaskView['status'], number>>;
  /** In a pipeline of thousands, only the tasks that are running or have failed. */
  tasks: TaskView[];
}

export interface TaskView {
  id: string;
  kind: TaskPlan['kind'];
  title: string;
  status: TaskStatus | 'waiting' | 'running';
  /** Counts from 1; absent before the first attempt. */
  attempt?: number;
  /** Workflow id of the present attempt, or of the last one. */
  workflowId?: string;
  /** Set for a job that has ended, or was left behind; a client adds the ids of running jobs. */
  jobId?: string;
  message?: string;
  /** ISO 8601, by the workflow's clock. */
  startTime?: string;
  endTime?: string;
  /** The view of a running nested pipeline; a client adds it. */
  pipeline?: PipelineView;
}

export const pipelineQuery = defineQuery<PipelineView>('pipeline');

/** The size of an answer is bounded, too. */
const LISTED_MAX = 1_000;
const MESSAGE_LENGTH_MAX = 300;

export type Stage = 'preparing' | 'running' | 'stopping' | 'canceled' | 'closed';

export interface Place {
  stage: Stage;
  rootRunId: string;
  note?: string | undefined;
  /** Workflow id of the pipeline itself. */
  workflowId: string;
}

export function viewOf(name: string, plan: PipelinePlan | undefined, state: PipelineState, place: Place): PipelineView {
  const { stage, rootRunId, note } = place;
  if (!plan) {
    const waitsFor = note === undefined ? {} : { note };
    return { name, status: stageStatus(stage, 'error'), rootRunId, ...waitsFor, phases: [] };
  }
  const listsAll = plan.phases.reduce((sum, { tasks }) => sum + tasks.length, 0) <= LISTED_MAX;
  let room = LISTED_MAX;
  const phases = plan.phases.map((_, at) => {
    const phase = phaseView(plan, state, at, place);
    const tasks = phase.tasks.filter((task) => listsAll || isOfInterest(task)).slice(0, room);
    room -= tasks.length;
    return { ...phase, tasks };
  });
  const ended = plan.phases.map((_, at) => statusOfPhase(plan, state, at));
  return { name: plan.name, status: stageStatus(stage, pipelineStatus(ended)), rootRunId, phases };
}

function stageStatus(stage: Stage, end: PipelineStatus): PipelineView['status'] {
  if (stage === 'canceled') return 'cancelled';
  return stage === 'closed' ? end : stage;
}

function isOver(stage: Stage): boolean {
  return stage === 'closed' || stage === 'canceled';
}

function phaseView(plan: PipelinePlan, state: PipelineState, at: number, place: Place): PhaseView {
  const { name = '', tasks: plans = [] } = plan.phases[at] ?? {};
  const tasks = plans.map((task, index) => taskView(task, state.tasks[at]?.[index], place));
  const isOpen = !isOver(place.stage) && tasks.some(hasBegun) && tasks.some(isOpenTask);
  const isStopped = place.stage === 'canceled' || place.stage === 'stopping';
  return {
    name,
    status: isOpen ? 'running' : statusOfPhase(plan, state, at, isStopped),
    counts: countsOf(tasks),
    tasks,
  };
}

function taskView({ id, kind, title }: TaskPlan, task: TaskState | undefined, { stage, workflowId }: Place): TaskView {
  if (!task || task.status === 'waiting') {
    return { id, kind, title, status: isOver(stage) ? 'not-started' : 'waiting' };
  }
  if (task.status === 'skipped') return { id, kind, title, status: 'skipped' };
  const { attempt, startTime } = task;
  const begun = startTime === undefined ? {} : { startTime };
  const known = { id, kind, title, attempt, workflowId: childWorkflowId(workflowId, id, attempt), ...begun };
  if (task.status === 'running') return { ...known, status: 'running' };
  const { status, job, storage, left, error } = task.end;
  const jobId = (job ?? storage ?? left)?.jobId;
  return {
    ...known,
    status,
    ...(jobId !== undefined && { jobId }),
    ...(error && { message: cut(error.message, MESSAGE_LENGTH_MAX) }),
    ...(task.endTime !== undefined && { endTime: task.endTime }),
  };
}

function hasBegun({ status }: TaskView): boolean {
  return status !== 'waiting' && status !== 'not-started' && status !== 'skipped';
}

function isOpenTask({ status }: TaskView): boolean {
  return status === 'waiting' || status === 'running';
}

function isOfInterest({ status, message }: TaskView): boolean {
  return status === 'running' || message !== undefined;
}

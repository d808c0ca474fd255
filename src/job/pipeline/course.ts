import type { PipelineState, TaskState } from '../pipeline-state.js';
import type { PipelinePlan } from './plan.js';
import type { PhaseStatus, PipelineResult, TaskResult } from './result.js';
import { phaseStatus, pipelineStatus, stoppedPhaseStatus } from './rules.js';

/** The whole course, not bounded yet. Needs a plan. */
export function courseOf(plan: PipelinePlan, state: PipelineState, rootRunId: string): PipelineResult {
  const phases = plan.phases.map((phase, at) => ({
    name: phase.name,
    status: statusOfPhase(plan, state, at),
    tasks: phase.tasks.map(({ id }, index) => taskResult(id, state.tasks[at]?.[index])),
  }));
  return { name: plan.name, status: pipelineStatus(phases.map(({ status }) => status)), rootRunId, phases };
}

/** The course of a pipeline that somebody has stopped. */
export function stoppedCourseOf(plan: PipelinePlan, state: PipelineState, rootRunId: string): PipelineResult {
  const course = courseOf(plan, state, rootRunId);
  const phases = course.phases.map((phase, at) => ({ ...phase, status: statusOfPhase(plan, state, at, true) }));
  return { ...course, status: 'cancelled', phases };
}

/** The status of a phase that has ended, has not started, or has nothing to start. */
export function statusOfPhase(
  plan: PipelinePlan,
  { tasks }: PipelineState,
  phase: number,
  isStopped = false,
): PhaseStatus {
  const rules = plan.phases[phase]?.tasks ?? [];
  if (rules.length > 0 && rules.every(({ skipped }) => skipped)) return 'skipped';
  const ended = rules.flatMap((rule, at) => {
    const task = tasks[phase]?.[at];
    return task?.status === 'ended' ? [{ rule, end: task.end }] : [];
  });
  if (ended.length === 0) return 'not-started';
  return isStopped ? stoppedPhaseStatus(ended) : phaseStatus(ended);
}

function taskResult(id: string, task: TaskState | undefined): TaskResult {
  if (task?.status === 'skipped') return { id, status: 'skipped' };
  if (task?.status !== 'ended') return { id, status: 'not-started' };
  return { id, ...task.end, ...(task.attempt > 1 && { attempts: task.attempt }) };
}

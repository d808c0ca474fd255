import { setHandler, workflowInfo } from '@temporalio/workflow';
import { pipelineGuard } from '../../job/carried/pipeline-guard.js';
import { fenceFor } from '../../job/create/fence.js';
import { takeCheck, taskEnds, taskStarts, type TaskAttempt, type TaskPlace } from '../../job/life/tasks.js';
import { newPipelineState, type PipelineState } from '../../job/pipeline-state.js';
import { courseOf, statusOfPhase, stoppedCourseOf } from '../../job/pipeline/course.js';
import { pipelineMarkdown } from '../../job/pipeline/describe-pipeline.js';
import type { PipelineInput, TaskInput } from '../../job/pipeline/input.js';
import { planOf, type PipelineCheck, type PipelinePlan, type TaskPlan } from '../../job/pipeline/plan.js';
import type { PhaseStatus, PipelineResult, TaskEnd } from '../../job/pipeline/result.js';
import { pipelineQuery, viewOf, type PipelineView, type Stage } from '../../job/pipeline/view.js';
import { attributesToCarry } from '../show/carried-attributes.js';
import { failure } from '../failures.js';
import { detailsOnDemand } from '../show/details-on-demand.js';
import { takeOver } from '../continue-as-new.js';
import { wasReset } from '../reset/is-reset.js';
import { SteadyClock } from '../steady-clock.js';
import { WorkflowLife } from '../workflow-life.js';
import { AdoptedChildren } from './adopted-children.js';
import { FormerChildren } from './former-children.js';
import { ResetPoint } from '../reset/reset-point.js';

/**
 * A worker that begins anew replays all of them within the ten seconds of a workflow task, at more than a millisecond
 * each. Temporal warns only at 10,240. Each open task may still add `EVENTS_PER_TASK`, not counting retries.
 */
const HISTORY_EVENTS_MAX = 5_000;
const EVENTS_PER_TASK = 10;
/** Temporal warns at 10 MiB; 2 MiB of them are left for the open tasks. */
const HISTORY_BYTES_MAX = 8 * 1024 * 1024;

/** A task as planned, as its author wrote it, and its place. */
export interface PlacedTask extends TaskPlace {
  plan: TaskPlan;
  input: TaskInput;
}

/** What a workflow knows of its pipeline, and how others query it. */
export class PipelineLife extends WorkflowLife<PipelineInput, PipelineState> {
  readonly state: PipelineState;
  readonly rootRunId: string;
  readonly time: SteadyClock;
  /** Children that have been running since before a reset. */
  readonly adopted: AdoptedChildren;
  readonly formerChildren: FormerChildren;
  stage: Stage = 'preparing';
  private waitsFor: string | undefined;
  private planned: PipelinePlan | undefined;

  constructor(input: PipelineInput, carried: unknown) {
    const { state, attemptsBefore, problem } = takeOver(carried, pipelineGuard(input));
    super(input, problem);
    this.time = new SteadyClock(state?.leftAtMs);
    this.adopted = new AdoptedChildren(this.time);
    this.formerChildren = new FormerChildren(this.adopted, new ResetPoint(wasReset(state)));
    this.state = state ?? { ...newPipelineState(workflowInfo().originalExecutionRunId), attemptsBefore };
    this.rootRunId = givenRunId(input) ?? fenceFor(this.state.fenceSeed, 1);
    setHandler(pipelineQuery, () => this.view(), { description: 'The current view of the pipeline' });
    detailsOnDemand(() => pipelineMarkdown(this.view()));
    if (this.state.check) {
      this.planned = planOf(input, this.state.check);
      this.enter('running');
    }
  }

  get plan(): PipelinePlan {
    if (this.planned) return this.planned;
    throw failure('InternalError', 'there is no plan yet');
  }

  get isChecked(): boolean {
    return this.planned !== undefined;
  }

  checked(check: PipelineCheck): void {
    this.planned = planOf(this.input, check);
    takeCheck(this.state, check, this.planned);
    this.enter('running');
  }

  /** The tasks of a phase that have not begun. */
  waitingTasks(phase: number): PlacedTask[] {
    const plans = this.plan.phases[phase]?.tasks ?? [];
    return plans.flatMap((plan, index) => {
      const input = this.input.phases[phase]?.tasks[index];
      const waits = this.state.tasks[phase]?.[index]?.status === 'waiting';
      return input && waits ? [{ plan, input, phase, index }] : [];
    });
  }

  /** @returns the attempt that begins; the end of the attempt repeats it. */
  started(task: PlacedTask, attempt: number): TaskAttempt {
    const begun = { attempt, startTime: nowText() };
    taskStarts(this.state, task, begun);
    return begun;
  }

  ended(task: PlacedTask, begun: TaskAttempt, end: TaskEnd): void {
    taskEnds(this.state, task, { ...begun, endTime: nowText(), end });
  }

  statusOf(phase: number): PhaseStatus {
    return statusOfPhase(this.plan, this.state, phase);
  }

  /** The whole course so far; needs a plan. */
  course(): PipelineResult {
    return courseOf(this.plan, this.state, this.rootRunId);
  }

  stoppedCourse(): PipelineResult {
    return stoppedCourseOf(this.plan, this.state, this.rootRunId);
  }

  /** Whether the history has room for another task, besides the room reserved for the open ones. */
  hasRoomForTask(): boolean {
    const { historyLength, historySize } = workflowInfo();
    const reserved = Math.min(this.plan.maxParallel * EVENTS_PER_TASK, HISTORY_EVENTS_MAX / 2);
    return historyLength <= HISTORY_EVENTS_MAX - reserved && historySize <= HISTORY_BYTES_MAX;
  }

  /** Continues as new; no task may be open. */
  async continueAsNew(): Promise<void> {
    const carried = await attributesToCarry();
    await this.rethrowCancellation();
    await this.goOnInNewRun(carried);
  }

  enter(stage: Stage): void {
    this.waitsFor = undefined;
    this.stage = stage;
  }

  /** One line for people about what the pipeline waits for before it begins. */
  note(text: string): void {
    this.waitsFor = text;
  }

  private view(): PipelineView {
    const { rootRunId } = this;
    return viewOf(nameOf(this.input), this.planned, this.state, {
      stage: this.cancelled && (this.stage === 'preparing' || this.stage === 'running') ? 'stopping' : this.stage,
      rootRunId,
      note: this.waitsFor,
      workflowId: workflowInfo().workflowId,
    });
  }
}

/** The input may be anything until the first activity has checked it. */
function givenRunId(input: PipelineInput | undefined): string | undefined {
  return typeof input?.parentRunId === 'string' ? input.parentRunId : undefined;
}

function nameOf(input: PipelineInput | undefined): string {
  return typeof input?.name === 'string' ? input.name : '';
}

function nowText(): string {
  return new Date(Date.now()).toISOString();
}

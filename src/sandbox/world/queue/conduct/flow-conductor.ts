import type { Conductor, Job, JobStatus } from '../../job-record.js';
import { finishAs } from '../../life.js';
import type { World } from '../../world.js';
import { isAtWork } from './below.js';
import { holds } from './condition.js';
import type { FlowPhase, FlowTask } from './flow-content.js';
import { flowResult } from './flow-result.js';
import type { PhaseEnd } from './flow-result.js';
import { submitTask } from './flow-task.js';
import type { FlowPlan, TaskRun } from './flow-task.js';
import { fold, isGood } from './fold.js';

/** Phases that lead back to each other without creating a job would never end. */
const PHASES_MAX = 1_000;

/**
 * keboola.flow: the next phase is chosen when the current one ends; tasks are direct children of the flow, which ends
 * as its last phase did. If only chosen tasks run, conditions are ignored and phases follow one another however they
 * end.
 */
export class FlowConductor implements Conductor {
  readonly #runs: TaskRun[] = [];
  readonly #ends: PhaseEnd[] = [];
  readonly #chain: FlowPhase[] | undefined;
  #phase: FlowPhase | undefined;
  #startedAtMs = 0;
  #current: TaskRun[] = [];

  constructor(
    private readonly world: World,
    private readonly plan: FlowPlan,
  ) {
    const { phases } = plan.content;
    if (plan.request.onlyTaskIds !== undefined) {
      this.#chain = phases.filter((phase) => this.#tasksOf(phase).length > 0);
    }
  }

  begin(job: Job): void {
    this.#phase = (this.#chain ?? this.plan.content.phases)[0];
    this.#goOn(job);
  }

  childEnded(job: Job): void {
    if (isAtWork(job) && this.#isPhaseOver()) {
      this.#closePhase();
      this.#goOn(job);
    }
  }

  /** Runs phases until one has jobs to wait for, or none is left. */
  #goOn(job: Job): void {
    while (this.#phase !== undefined && this.#ends.length < PHASES_MAX) {
      this.#openPhase(job, this.#phase);
      if (!this.#isPhaseOver()) return;
      this.#closePhase();
    }
    const result = flowResult(this.#runs, this.#ends);
    finishAs(
      this.world,
      job,
      fold(
        this.#ends.slice(-1).map(({ status }) => status),
        result,
      ),
    );
  }

  #openPhase(job: Job, phase: FlowPhase): void {
    this.#startedAtMs = this.world.nowMs;
    const above = { parent: job, flowId: job.facts.id };
    this.#current = this.#tasksOf(phase).map((task) => submitTask(this.world, this.plan.submit, above, task));
    this.#runs.push(...this.#current);
  }

  #closePhase(): void {
    const phase = this.#phase;
    if (phase === undefined) return;
    const status = fold(this.#current.map(endOf)).status;
    this.#ends.push({ phase, status, startedAtMs: this.#startedAtMs, endedAtMs: this.world.nowMs });
    this.#phase = this.#chain === undefined ? this.#next(phase, status) : this.#chain[this.#ends.length];
  }

  #next({ next }: FlowPhase, status: JobStatus): FlowPhase | undefined {
    const known = {
      phase: (id: string) => this.#ends.findLast(({ phase }) => phase.id === id)?.status,
      task: (id: string) => this.#runs.findLast(({ task }) => task.id === id)?.job?.facts.status,
    };
    const taken = next.find(({ condition }) => (condition === undefined ? isGood(status) : holds(condition, known)));
    return this.plan.content.phases.find(({ id }) => id === taken?.goto);
  }

  #tasksOf({ id }: FlowPhase): FlowTask[] {
    const only = this.plan.request.onlyTaskIds;
    return this.plan.content.tasks.filter(
      (task) => task.phase === id && (only === undefined || only.includes(task.id)),
    );
  }

  #isPhaseOver(): boolean {
    return this.#current.every((run) => run.job === undefined || run.job.isReported);
  }
}

function endOf({ task, job }: TaskRun): JobStatus {
  return job?.facts.status ?? (task.request === undefined ? 'success' : 'error');
}

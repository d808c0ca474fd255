import type { Conductor, Job, JobStatus } from '../../job-record.js';
import { finishAs } from '../../life.js';
import type { World } from '../../world.js';
import type { Submit } from '../new-queue-job.js';
import type { FlowTask } from './flow-content.js';
import { submitTask } from './flow-task.js';
import type { TaskRun } from './flow-task.js';
import { fold, isGood } from './fold.js';

/** A phase of a legacy flow: its tasks run in parallel. A failed task with `continueOnFailure` makes it a warning. */
export class PhaseConductor implements Conductor {
  readonly #runs: TaskRun[] = [];
  readonly #ends: JobStatus[] = [];

  constructor(
    private readonly world: World,
    private readonly phase: { tasks: readonly FlowTask[]; flowId: string; submit: Submit },
  ) {}

  /** The tasks that have begun, in their order. */
  get runs(): readonly TaskRun[] {
    return this.#runs;
  }

  begin(job: Job): void {
    const { tasks, flowId, submit } = this.phase;
    for (const task of tasks) {
      const run = submitTask(this.world, submit, { parent: job, flowId }, task);
      this.#runs.push(run);
      if (run.job === undefined) this.#note(task, task.request === undefined ? 'success' : 'error');
    }
    this.#finishIfDone(job);
  }

  childEnded(job: Job, child: Job): void {
    const run = this.#runs.find((one) => one.job === child);
    if (run !== undefined) this.#note(run.task, child.facts.status);
    this.#finishIfDone(job);
  }

  #note({ continueOnFailure }: FlowTask, status: JobStatus): void {
    this.#ends.push(!isGood(status) && continueOnFailure ? 'warning' : status);
  }

  #finishIfDone(job: Job): void {
    if (this.#ends.length === this.phase.tasks.length) finishAs(this.world, job, fold(this.#ends));
  }
}

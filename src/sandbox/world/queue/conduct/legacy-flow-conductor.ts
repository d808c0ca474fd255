import type { Conductor, Job } from '../../job-record.js';
import { cancel, finishAs } from '../../life.js';
import { isFinished } from '../../job-record.js';
import type { World } from '../../world.js';
import { below } from './below.js';
import type { FlowPhase } from './flow-content.js';
import { flowResult } from './flow-result.js';
import type { PhaseEnd } from './flow-result.js';
import type { FlowPlan } from './flow-task.js';
import { fold, isGood } from './fold.js';
import { PhaseConductor } from './phase-conductor.js';

interface PhaseRun {
  phase: FlowPhase;
  conductor: PhaseConductor;
  job: Job | undefined;
}

/** keboola.orchestrator: the jobs of all phases exist from the start, and wait for the phases that they depend on. */
export class LegacyFlowConductor implements Conductor {
  readonly #phases: PhaseRun[] = [];

  constructor(
    private readonly world: World,
    private readonly plan: FlowPlan,
  ) {}

  begin(job: Job): void {
    const { tasks, phases } = this.plan.content;
    const only = this.plan.request.onlyTaskIds;
    const wanted = tasks.filter(({ id }) => only === undefined || only.includes(id));
    for (const phase of phases) {
      const own = wanted.filter((task) => task.phase === phase.id);
      if (own.length > 0) this.#submit(job, phase, own);
    }
    // A phase whose job could not be created counts as failed.
    if (this.#phases.some((run) => run.job === undefined)) this.#cancelWhatWaits(job);
    this.#finishIfDone(job);
  }

  childEnded(job: Job, child: Job): void {
    if (!isGood(child.facts.status)) this.#cancelWhatWaits(child);
    this.#finishIfDone(job);
  }

  #submit(job: Job, phase: FlowPhase, tasks: FlowPlan['content']['tasks']): void {
    const { submit, request } = this.plan;
    const flowId = job.facts.id;
    const conductor = new PhaseConductor(this.world, { tasks, flowId, submit });
    const run: PhaseRun = { phase, conductor, job: undefined };
    this.#phases.push(run);
    run.job = submit(this.world, {
      ...below(job),
      request: { component: request.component, config: request.config, branchId: request.branchId, mode: request.mode },
      placing: { type: 'phaseContainer', orchestrationJobId: flowId, orchestrationPhaseId: phase.id },
      conductor,
      hasOwnLock: true,
      mayBegin: () => phase.dependsOn.every((id) => this.#isBehind(id)),
    });
  }

  /** A phase that was left out holds up no other phase. */
  #isBehind(id: string): boolean {
    const run = this.#phases.find(({ phase }) => phase.id === id);
    return run === undefined || (run.job !== undefined && isGood(run.job.facts.status));
  }

  /** After a failure no further phase begins; running phases go on to their end. */
  #cancelWhatWaits({ token }: Job): void {
    for (const { job } of this.#phases) {
      if (job?.facts.status === 'created' || job?.facts.status === 'waiting') {
        cancel(this.world, job, { id: token.id, description: token.description });
      }
    }
  }

  #finishIfDone(job: Job): void {
    const ends = this.#phases.map((run) => run.job?.facts.status ?? 'error');
    if (!ends.every(isFinished)) return;
    const runs = this.#phases.flatMap(({ conductor }) => conductor.runs);
    finishAs(this.world, job, fold(ends, flowResult(runs, this.#phaseEnds())));
  }

  #phaseEnds(): PhaseEnd[] {
    const { nowMs } = this.world;
    return this.#phases.map(({ phase, job }) => ({
      phase,
      status: job?.facts.status ?? 'error',
      startedAtMs: job?.facts.startedAtMs ?? nowMs,
      endedAtMs: job?.facts.endedAtMs ?? nowMs,
    }));
  }
}

import {
  allHandlersFinished,
  CancellationScope,
  condition,
  workflowInfo,
  type TemporalFailure,
} from '@temporalio/workflow';
import { lifeGuard } from '../job/carried/life-guard.js';
import type { CreatedJob } from '../job/create/creation.js';
import type { ForeignJob } from '../job/create/foreign-jobs.js';
import { marksOf } from '../job/create/job-marks.js';
import { forgetJob } from '../job/life/creations.js';
import { changeTimeouts, takePlan } from '../job/life/plan.js';
import { countLooks, enterStage, takeNote, takePublished, takeWritable } from '../job/life/showing.js';
import { takeCreated, takeForeign } from '../job/life/take-job.js';
import { takeReading } from '../job/life/take-reading.js';
import { createdAnswer, newLifeState, type LifeState } from '../job/life-state.js';
import type { CreatedAnswer, JobSnapshot } from '../job/messages.js';
import { knownRunId } from '../job/run-id.js';
import { placeOf, type RunPlan } from '../job/run-plan.js';
import type { JobReading, JobRef, ReadRequest } from '../job/remote-steps.js';
import { without } from '../job/search-attributes.js';
import { oddity, type Finality } from '../job/wait/status.js';
import { timeoutsOf, type Timeouts, type TimeoutsInForce } from '../job/wait/timeouts.js';
import { readJob } from './activities.js';
import { askAgain, failure } from './failures.js';
import { askWhetherWritable, attributesToCarry } from './show/carried-attributes.js';
import { takeOver } from './continue-as-new.js';
import { wasReset } from './reset/is-reset.js';
import { ResetPoint } from './reset/reset-point.js';
import { publish, waitsToBeShown, type Showing } from './show/publish.js';
import { tellCreation } from './show/tell-metrics.js';
import { SteadyClock } from './steady-clock.js';
import { noAnswerOf } from './or-no-answer.js';
import { Nudges } from './wait/nudges.js';
import { Rests } from './wait/rests.js';
import { StormGauge } from './wait/storm-gauge.js';
import { WorkflowLife } from './workflow-life.js';

/** What a workflow knows of its job, and what it does with it. */
export class JobLife extends WorkflowLife<unknown, LifeState> {
  readonly state: LifeState;
  readonly time: SteadyClock;
  readonly storm = new StormGauge();
  readonly rests: Rests;
  readonly nudges: Nudges;
  /** When the stop in progress began, epoch milliseconds: all its parts share one time limit. */
  stopSinceMs: number | undefined;
  readonly resetPoint: ResetPoint;
  /** The Temporal run in which a search has shown no job of a run before a reset. It says nothing about a later reset. */
  searchedInRun: string | undefined;
  private failed: TemporalFailure | undefined;
  private leaving = false;
  private settled = false;
  private closingNote: string | undefined;
  /** Limits that were changed before those of the input were known. */
  private beforePlan: Timeouts = {};

  /**
   * @param input of the workflow; the next run gets it unchanged.
   * @param carried the state of the previous run, after a continue-as-new.
   */
  constructor(input: unknown, carried: unknown) {
    const { state, attemptsBefore, problem } = takeOver(carried, lifeGuard);
    super(input, problem);
    this.time = new SteadyClock(state?.leftAtMs);
    this.state = state ?? { ...newLifeState(workflowInfo().originalExecutionRunId, this.time.now()), attemptsBefore };
    this.resetPoint = new ResetPoint(wasReset(state));
    this.rests = new Rests(this);
    this.nudges = new Nudges(this.state);
    if (state) takePublished(this.state, publish(this.state, this.time.now()));
  }

  get plan(): Readonly<RunPlan> {
    if (this.state.plan) return this.state.plan;
    throw failure('InternalError', 'there is no plan yet');
  }

  get job(): Readonly<CreatedJob> {
    if (this.state.created) return this.state.created;
    throw failure('InternalError', 'there is no job yet');
  }

  /** How activities name the job. */
  get ref(): JobRef {
    return { ...placeOf(this.plan), jobId: this.job.jobId, marks: marksOf(this.plan, this.state) };
  }

  /**
   * No creation was sent before this time, epoch milliseconds. A reset starts the state anew, but keeps the start time
   * of the history that it continues.
   */
  get sentSinceMs(): number {
    return Math.min(this.state.budgets.queuedSinceMs, workflowInfo().startTime.getTime());
  }

  /**
   * The job is known to be over, and its view is in the memo or about to be reported: there is nothing left to stop.
   */
  get isSettled(): boolean {
    return this.settled;
  }

  markSettled(): void {
    this.settled = true;
  }

  /** What is still to be said about the job when the workflow has closed. */
  closeSaying(note: string): void {
    this.closingNote = note;
  }

  /** Takes in what an answer says about the search attributes; `askedMs` is when it was asked for. */
  takeWritable(ready: boolean | undefined, askedMs: number): void {
    if (ready !== undefined) takeWritable(this.state, { ready, askedMs });
  }

  /** Takes in the plan; `askedMs` is when it was asked for. */
  takePlan(plan: RunPlan, askedMs: number): void {
    this.takeWritable(plan.searchAttributes, askedMs);
    takePlan(this.state, plan, { nowMs: this.time.now(), changed: this.beforePlan });
    this.enter('creating');
  }

  /**
   * @param sentRunId the run id that we sent, if we created the job.
   * @param watched a watcher will report its end.
   */
  jobCreated(job: CreatedJob, sentRunId?: string, watched?: true): void {
    if (this.plan.made.by !== 'others') tellCreation(job.found ? 'adopted' : 'created');
    takeCreated(this.state, this.plan, { job, sentRunId, watched }, this.time.now());
    // A watcher finds the workflow by its search attributes. Without a watcher, the next read comes soon anyway.
    this.enter('waiting', watched ? 'now' : 'with-the-next-read');
  }

  /** A job that somebody else started is followed instead of one of our own. */
  jobAttached({ jobId, runId: shown, status, url }: ForeignJob): void {
    const runId = knownRunId(shown);
    const job: CreatedJob = { jobId, ...(runId !== undefined && { runId }), status, url, foreign: true };
    takeForeign(this.state, this.plan, job, this.time.now());
    this.enter('waiting');
  }

  /** The job ended without having run, and another one takes its place. */
  jobForgotten(): void {
    forgetJob(this.state);
    this.enter('creating');
  }

  /** Takes in what a read showed, and says whether it was the last one. */
  takeReading(reading: Extract<JobReading, { kind: 'read' }>): Finality {
    const finality = takeReading(this.state, reading, this.time.now());
    this.show(oddity(reading.view.status, reading.view.isFinished));
    return finality;
  }

  /** Reads a job once, and takes in what else the answer says. */
  read(request: ReadRequest): Promise<JobReading> {
    const isOurs = request.jobId === this.state.created?.jobId;
    if (isOurs) countLooks(this.state, 1);
    const askedMs = this.time.now();
    // Uses `then` because this is the most frequent step of all, and the SDK traces each promise that an async function
    // adds.
    return readJob(request, { isStorm: this.storm.take() }).then((reading) => {
      if (reading.kind === 'read') this.takeWritable(reading.searchAttributes, askedMs);
      else if (isOurs && reading.deferredMs !== undefined) countLooks(this.state, -1);
      return reading;
    }, noAnswerOf);
  }

  enter(stage: JobSnapshot['stage'], showing: Showing = 'now'): void {
    enterStage(this.state, stage);
    this.show(undefined, showing);
  }

  /** One line for people about what the workflow waits for. */
  note(text: string): void {
    this.show(text);
  }

  /** The workflow no longer waits for what was noted; everything else that is known by now is shown. */
  clearNote(): void {
    this.show();
  }

  private show(note?: string, showing?: Showing): void {
    takeNote(this.state, note);
    takePublished(this.state, publish(this.state, this.time.now(), showing));
  }

  /**
   * Continues as new, while nothing is in progress. Waiting callers are released first. A cancellation that arrives
   * meanwhile is thrown here, because the next run would never hear of it.
   */
  async continueAsNew(): Promise<void> {
    const carried = await attributesToCarry();
    this.leaving = true;
    const { observers } = this.state.descendants;
    try {
      // The next run knows the observers by their ids, and can find out whether one has closed only if it has started.
      await condition(() => allHandlersFinished() && !Object.values(observers).includes('starting'));
      await this.rethrowCancellation();
    } catch (error) {
      // This run stays to stop its job, so it answers requests again.
      this.leaving = false;
      throw error;
    }
    takePublished(this.state, without(this.state.published, carried.lost));
    await this.goOnInNewRun(carried);
  }

  /** Answers waiting updates with the failure that the workflow is about to close with. */
  async close(failed?: TemporalFailure): Promise<void> {
    this.failed = failed;
    if (waitsToBeShown(this.state, this.time.now())) {
      takeWritable(this.state, await askWhetherWritable(this.time.now()));
    }
    this.enter('closed');
    if (this.closingNote !== undefined) this.note(this.closingNote);
    if (!allHandlersFinished()) await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  }

  /** @param why the payload of the nudge, which may be anything. */
  nudge(why: unknown): void {
    this.nudges.hear(why);
    this.rests.wake('nudge');
  }

  setTimeouts(timeouts: Timeouts): TimeoutsInForce {
    changeTimeouts(this.state, timeouts);
    if (!this.state.plan) this.beforePlan = { ...this.beforePlan, ...timeouts };
    this.rests.wake('timeouts');
    return timeoutsOf(this.state.budgets);
  }

  /** A cancel must not end this wait: the job may exist a moment later, and is then killed by its id. */
  async whenCreated(): Promise<CreatedAnswer> {
    await CancellationScope.nonCancellable(() =>
      condition(() => this.state.created !== undefined || this.failed !== undefined || this.leaving),
    );
    const answer = createdAnswer(this.state);
    if (answer) return answer;
    if (this.leaving) throw askAgain();
    throw this.failed ?? failure('InternalError', 'closed without a job');
  }
}

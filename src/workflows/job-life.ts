import {
  allHandlersFinished,
  CancellationScope,
  condition,
  setHandler,
  type TemporalFailure,
} from '@temporalio/workflow';
import type { StatusSighting } from '../job/describe.js';
import { jobQuery, nudgeSignal, waitForCreatedUpdate, type CreatedAnswer, type JobSnapshot } from '../job/messages.js';
import { look, phaseAgeMs, startPhaseClock, type PhaseClock } from '../job/phase-clock.js';
import { nextDelayMs } from '../job/poll-schedule.js';
import type { CreatedJob } from '../job/creation.js';
import type { JobReading, RunPlan } from '../job/run-plan.js';
import { finality, type Finality } from '../job/status.js';
import { failure } from './failures.js';
import { publish, type Published } from './publish.js';

const SIGHTINGS_MAX = 20;
const NUDGED_READ_MS_MIN = 1_000;

/** What a workflow knows of its job, and how others ask it: the query, the signal and the update live here. */
export class JobLife {
  plan: RunPlan | undefined;
  created: CreatedJob | undefined;
  /** The final view is in the memo: there is nothing left to stop. */
  remembered = false;
  readonly snapshot: JobSnapshot = { stage: 'preparing', polls: 0 };
  readonly sightings: StatusSighting[] = [];
  private clock: PhaseClock = startPhaseClock(Date.now());
  private nudged = false;
  private failed: TemporalFailure | undefined;
  private published: Published = {};

  /** Handlers must stand before the first await, or early updates are refused. */
  constructor() {
    setHandler(jobQuery, () => this.snapshot, { description: 'The current view of the job' });
    setHandler(nudgeSignal, () => void (this.nudged = true), { description: 'Look at the job now' });
    setHandler(waitForCreatedUpdate, () => this.whenCreated(), { description: 'Answers once the job exists' });
  }

  planned(plan: RunPlan): void {
    this.plan = plan;
    this.enter('creating');
  }

  jobCreated(job: CreatedJob): void {
    this.created = job;
    const config = this.plan?.config;
    const component = this.plan?.component ?? '';
    this.snapshot.job = {
      jobId: job.jobId,
      runId: '',
      status: job.status,
      component,
      ...(config !== undefined && { config }),
    };
    this.snapshot.url = job.url;
    this.clock = startPhaseClock(Date.now());
    this.sighted(job.status);
    this.enter('waiting');
  }

  /** Takes in what a look showed, and says whether it was the last one. */
  seen({ view, serverTime }: Extract<JobReading, { kind: 'read' }>): Finality {
    this.clock = look(this.clock, { status: view.status, startTime: view.startTime, serverTime }, Date.now());
    if (view.status !== this.snapshot.job?.status) this.sighted(view.status);
    this.snapshot.job = view;
    this.note(undefined);
    return finality(view.status, view.isFinished);
  }

  enter(stage: JobSnapshot['stage']): void {
    this.snapshot.stage = stage;
    this.note(undefined);
  }

  /** One line for people about what the workflow waits for. */
  note(text: string | undefined): void {
    if (text === undefined) delete this.snapshot.note;
    else this.snapshot.note = text;
    this.published = publish(this, this.published);
  }

  /** The delay until the next regular look. */
  pollDelayMs(): number {
    const ageMs = phaseAgeMs(this.clock, Date.now());
    return nextDelayMs({ phase: this.clock.phase, ageMs, random: Math.random });
  }

  /** Rests until the delay is over or somebody nudges; a storm of nudges still makes one read per second at most. */
  async rest(delayMs: number): Promise<void> {
    const startedMs = Date.now();
    this.snapshot.nextPollTime = new Date(startedMs + delayMs).toISOString();
    const early = await condition(() => this.nudged, delayMs, { summary: `Look again after ${delayMs / 1_000} s` });
    const restedMs = Date.now() - startedMs;
    if (early && restedMs < NUDGED_READ_MS_MIN) await condition(() => false, NUDGED_READ_MS_MIN - restedMs);
    // Cleared before the read: a nudge that arrives during the read asks for another one.
    this.nudged = false;
    this.snapshot.polls += 1;
    delete this.snapshot.nextPollTime;
  }

  /** Lets waiting updates be answered with the failure that the workflow is about to close with. */
  async close(failed?: TemporalFailure): Promise<void> {
    this.failed = failed;
    this.enter('closed');
    await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  }

  private sighted(status: string): void {
    this.sightings.push({ status, time: new Date(Date.now()).toISOString() });
    if (this.sightings.length > SIGHTINGS_MAX) this.sightings.splice(1, 1);
  }

  /** A cancel must not answer for the workflow: the job may exist a moment later, and then it is killed by its id. */
  private async whenCreated(): Promise<CreatedAnswer> {
    await CancellationScope.nonCancellable(() =>
      condition(() => this.created !== undefined || this.failed !== undefined),
    );
    if (this.created === undefined) throw this.failed ?? failure('InternalError', 'closed without a job');
    const runId = this.snapshot.job?.runId ?? '';
    return { jobId: this.created.jobId, ...(runId !== '' && { runId }) };
  }
}

import { log } from '@temporalio/activity';
import type { EndedJob } from '../../job/watch/ended-job.js';
import {
  CANARY_EVERY_MS,
  healthAfterCanary,
  healthAfterLook,
  isHealthy,
  type Health,
  type Moment,
  type SteadyMoment,
} from '../../job/watch/health.js';
import { isToBeShown, newSeen, nextLook, notShown, takeLook, withKept, type Seen } from '../../job/watch/look.js';
import { finality } from '../../job/wait/status.js';
import { withEnded, type Unmapped } from '../../job/watch/unmapped.js';
import type { WatchRequest, WatchState } from '../../job/watch/watch-request.js';
import { endedSince } from '../../keboola/jobs/ended-jobs.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { Canaries } from './canaries.js';
import type { InFlight } from './in-flight.js';
import { notOurs } from './not-ours.js';
import { NudgeAll } from './nudge-all.js';
import { nudge } from './nudge.js';
import { nudgeEnded } from './nudge-ended.js';
import type { WatchedJobs } from './watched-project.js';

/** The first canary may have ended just before it is shown. */
const FIRST_CANARY_EVERY_MS = 5_000;
/** A busy task queue has more than a hundred jobs of another stack, and a proof lasts only three minutes. */
const CANARIES_AT_ONCE_MAX = 5;

interface CanaryRead {
  canary: InFlight;
  /** `isInList`: whether a list can show this end at all; some it never shows. */
  read: { ended: EndedJob; isInList: boolean } | 'unfinished';
}

/** Looks at a project, and nudges the workflows whose jobs have ended. */
export class Watcher {
  private seen: Seen;
  private health: Health;
  private unmapped: readonly Unmapped[] = [];
  private readonly canaries: Canaries;
  private canaryReadMs = Number.NEGATIVE_INFINITY;
  private tickMs: number;
  private wasHealthy: boolean;
  private readonly nudgeAll: NudgeAll;
  /** The watcher asks Keboola nothing, because too few workflows rely on it. */
  private isResting: boolean;

  constructor(
    private readonly request: WatchRequest,
    private readonly jobs: () => Promise<WatchedJobs>,
    state: WatchState | undefined,
    moment: Moment,
  ) {
    this.seen = newSeen(state?.cursorMs ?? moment.nowMs);
    this.health = state?.health ?? {};
    this.tickMs = moment.tickMs;
    this.wasHealthy = state?.isHealthy ?? false;
    this.isResting = state?.rests === true;
    this.canaries = new Canaries(request);
    this.nudgeAll = new NudgeAll(request);
    // Workflows may have relied on a watcher that vanished without a word, and none relies on one that just begins.
    if (!state) this.nudgeAll.want(Number.NEGATIVE_INFINITY);
    else if (state.owes || (!state.isHealthy && !state.rests)) this.nudgeAll.want(moment.nowMs);
  }

  /** Whether Keboola's list has proved that it shows the ends of our jobs. */
  get isProven(): boolean {
    return this.health.provenMs !== undefined;
  }

  /** The present state, also while a look is under way. */
  get state(): WatchState {
    const moment = { nowMs: Date.now(), tickMs: this.tickMs };
    const owes = !this.nudgeAll.isDone;
    const rests = this.isResting && !owes;
    const { seen, health } = this;
    return {
      cursorMs: seen.cursorMs,
      health,
      isHealthy: isHealthy(health, moment),
      ...(this.tickMs > 0 && { tickMs: this.tickMs }),
      ...(rests && { rests }),
      ...(owes && { owes }),
    };
  }

  /** @throws ApplicationFailure `NotOurProject`, to be retried by another worker. */
  async requireProject(): Promise<void> {
    await unlessFails('The project could not be asked for', this.jobs);
  }

  /** Too few workflows rely on the watcher, so none may: they are nudged, and then read as if there were no watcher. */
  rest(): void {
    if (this.isResting) return;
    this.isResting = true;
    this.health = {};
    this.unmapped = [];
  }

  /** To be called after the last tick. */
  stop(): void {
    this.nudgeAll.stop();
  }

  /**
   * Looks once, and does all that follows from the look. Whatever fails is tried again with the next tick.
   *
   * @throws ApplicationFailure `NotOurProject`, to be retried by another worker.
   */
  async tick(inFlight: readonly InFlight[], moment: SteadyMoment): Promise<void> {
    // No workflow was nudged for jobs that ended while the watcher rested, and none has waited for a nudge.
    if (this.isResting) this.seen = newSeen(moment.nowMs);
    this.isResting = false;
    this.tickMs = moment.tickMs;
    await unlessFails('The list of ended jobs failed', () => this.look(moment));
    this.unmapped = await nudgeEnded(this.request, this.unmapped, moment.steadyMs);
    await unlessFails('The job that is read by its id failed', () => this.readCanary(inFlight, moment));
  }

  private async look(moment: SteadyMoment): Promise<void> {
    const request = nextLook(this.seen, moment.nowMs);
    const ended = await endedSince(await this.jobs(), request.sinceMs);
    const { seen, fresh, verdict } = takeLook(this.seen, request, ended, moment.nowMs);
    this.seen = seen;
    this.health = healthAfterLook(this.health, { ...ended, verdict }, moment);
    this.askFor(fresh, moment);
  }

  private askFor(ended: readonly EndedJob[], { steadyMs }: SteadyMoment): void {
    const { unmapped, dropped } = withEnded(this.unmapped, ended, steadyMs);
    this.unmapped = unmapped;
    this.seen = notShown(this.seen, dropped);
  }

  private async readCanary(inFlight: readonly InFlight[], moment: SteadyMoment): Promise<void> {
    const { nowMs } = moment;
    const everyMs = this.health.canaryMs === undefined ? FIRST_CANARY_EVERY_MS : CANARY_EVERY_MS;
    // If the list has proved nothing yet, a canary would prove nothing about it either.
    if (!this.isProven || Math.abs(nowMs - this.canaryReadMs) < everyMs) return;
    const beforeMs = this.canaryReadMs;
    const found = await this.readNext(inFlight, nowMs);
    if (found === undefined) return;
    if (found === 'unknown') {
      this.canaryReadMs = nowMs - everyMs + FIRST_CANARY_EVERY_MS;
      return;
    }
    const { canary, read } = found;
    if (read === 'unfinished') {
      this.health = healthAfterCanary(this.health, { isShown: false }, nowMs);
      return;
    }
    const { ended, isInList } = read;
    const wasTold = await this.nudgeCanary(canary, ended, moment);
    // One nudge is enough for this end, however long its workflow is held up.
    if (!isInList) {
      this.canaries.leaveOut(canary.jobId);
      return;
    }
    const isShown = this.seen.shown.has(canary.jobId);
    if (!isShown && !isToBeShown(this.seen, ended)) {
      this.canaries.leaveOut(canary.jobId);
      this.canaryReadMs = beforeMs;
      return;
    }
    this.health = healthAfterCanary(this.health, { ended, isShown }, nowMs);
    // An end counts once, shown or missed, and causes one nudge, however long its workflow is held up.
    if (wasTold || this.health.unseen?.jobId === canary.jobId) this.canaries.leaveOut(canary.jobId);
  }

  /**
   * Reads the job whose turn it is. Jobs of another stack, whose project has the same id, must not take the turns of
   * ours: trust in the watcher would expire before they are all through.
   *
   * @returns `unknown` if all reads hit such jobs; undefined if there is nothing to read.
   */
  private async readNext(inFlight: readonly InFlight[], nowMs: number): Promise<CanaryRead | 'unknown' | undefined> {
    let canary = await this.canaries.next(inFlight);
    this.seen = withKept(this.seen, this.canaries.jobIds);
    if (!canary) return undefined;
    for (let reads = 1; canary && reads <= CANARIES_AT_ONCE_MAX; reads++) {
      this.canaryReadMs = nowMs;
      this.canaries.wasRead(canary.jobId, nowMs);
      const read = await this.read(canary, nowMs);
      if (read !== 'unknown') return { canary, read };
      this.canaries.leaveOut(canary.jobId);
      canary = this.canaries.another();
    }
    return 'unknown';
  }

  /**
   * Reads a job by its id.
   *
   * @returns its end, and whether a list can show that end: not if it has no end time, or an unknown status; `unknown`
   * if the project has no such job: then it belongs to another stack, whose project has the same id.
   */
  private async read({ jobId, runId }: InFlight, nowMs: number): Promise<CanaryRead['read'] | 'unknown'> {
    const document = await orNotFound((await this.jobs()).get(jobId));
    if (document === undefined) return 'unknown';
    const { status, isFinished, endTime } = document.view;
    const read = finality(status, isFinished);
    if (read === 'unfinished') return read;
    const endedMs = Date.parse(endTime ?? '');
    const isTimed = !Number.isNaN(endedMs);
    return { ended: { jobId, runId, endedMs: isTimed ? endedMs : nowMs }, isInList: read === 'final' && isTimed };
  }

  /**
   * Nudges a canary's workflow, whatever the list has shown: Temporal's lists may have shown the workflow only after
   * the search for it was given up. An end that everything misses leads to a nudge of all workflows half a minute
   * later.
   * @returns whether Temporal has taken the signal.
   */
  private async nudgeCanary({ workflowId }: InFlight, ended: EndedJob, moment: SteadyMoment): Promise<boolean> {
    const missed = await nudge([workflowId]);
    if (missed.length > 0) this.askFor([ended], moment);
    return missed.length === 0;
  }

  /** Wakes the workflows that rely on this watcher when it is no longer reliable: they must not sleep on. */
  tellIfUnhealthy(nowMs: number): void {
    const healthy = isHealthy(this.health, { nowMs, tickMs: this.tickMs });
    if (this.wasHealthy && !healthy) this.nudgeAll.want(nowMs);
    this.wasHealthy = healthy;
    this.nudgeAll.ifDue(nowMs);
  }
}

async function orNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof KeboolaError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/** A failed step comes again; the connection's own health reports a silent Keboola. @throws what `notOurs` returns. */
async function unlessFails(text: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const failure = notOurs(error);
    if (failure) throw failure;
    log.debug(text, { error });
  }
}

import { log } from '@temporalio/activity';
import { longestUnread, withRead } from '../../job/watch/canary.js';
import type { EndedJob } from '../../job/watch/ended-job.js';
import {
  CANARY_EVERY_MS,
  healthAfterCanary,
  healthAfterLook,
  isHealthy,
  type Health,
  type Moment,
} from '../../job/watch/health.js';
import { newSeen, nextLook, takeLook, type Seen } from '../../job/watch/look.js';
import { isOurOwn } from '../../job/watch/own-row.js';
import { finality } from '../../job/wait/status.js';
import { dueOf, stillUnmapped, withEnded, type AskedFor, type Unmapped } from '../../job/watch/unmapped.js';
import type { WatchRequest, WatchState } from '../../job/watch/watch-request.js';
import { endedSince } from '../../keboola/jobs/ended-jobs.js';
import type { JobApi } from '../../keboola/jobs/job-api.js';
import { workflowsOf, type InFlight } from './in-flight.js';
import { nudge } from './nudge.js';
import { NudgeAll } from './nudge-all.js';

/** Those that create jobs; others attach themselves, and look by themselves. */
const CREATORS = ['runJob', 'runAsyncAction'];

/** The first one may have ended just before it is shown. */
const FIRST_CANARY_EVERY_MS = 5_000;

/** Looks at a project, and tells workflows that their jobs have ended. */
export class Watcher {
  private seen: Seen;
  private health: Health;
  private unmapped: Unmapped[] = [];
  /** When which canary was read. */
  private readMs: ReadonlyMap<string, number> = new Map();
  private canaryReadMs = Number.NEGATIVE_INFINITY;
  private tickMs: number;
  private wasHealthy: boolean;
  private readonly everybody: NudgeAll;

  constructor(
    private readonly request: WatchRequest,
    private readonly jobs: () => Promise<JobApi>,
    state: WatchState | undefined,
    moment: Moment,
  ) {
    this.seen = newSeen(state?.cursorMs ?? moment.nowMs);
    this.health = state?.health ?? {};
    this.tickMs = moment.tickMs;
    this.wasHealthy = state?.isHealthy ?? false;
    this.everybody = new NudgeAll(request);
    // Somebody may have relied on one that went without a word, and nobody relies on one that begins.
    if (!state) this.everybody.want(Number.NEGATIVE_INFINITY);
    else if (!state.isHealthy) this.everybody.want(moment.nowMs);
  }

  /** As it is now, also while a look takes its time. */
  get state(): WatchState {
    const moment = { nowMs: Date.now(), tickMs: this.tickMs };
    return { cursorMs: this.seen.cursorMs, health: this.health, isHealthy: isHealthy(this.health, moment) };
  }

  /** One look, with all that follows from it. Whatever fails of it comes again. */
  async tick(inFlight: readonly InFlight[], moment: Moment): Promise<void> {
    this.tickMs = moment.tickMs;
    await unlessFails('The list of ended jobs failed', () => this.look(moment));
    await this.nudgeEnded(moment);
    await unlessFails('The job that is read by its id failed', () => this.readCanary(inFlight, moment));
  }

  private async look(moment: Moment): Promise<void> {
    const request = nextLook(this.seen, moment.nowMs);
    const ended = await endedSince(await this.jobs(), request.sinceMs);
    const { seen, fresh, verdict } = takeLook(this.seen, request, ended, moment.nowMs);
    this.seen = seen;
    this.health = healthAfterLook(this.health, { ...ended, verdict }, moment);
    this.unmapped = withEnded(
      this.unmapped,
      fresh.map(({ jobId }) => jobId),
      moment.nowMs,
    );
  }

  private async nudgeEnded({ nowMs }: Moment): Promise<void> {
    const due = dueOf(this.unmapped, nowMs);
    if (due.length === 0) return;
    const found = await workflowsOf(
      this.request,
      due.map(({ jobId }) => jobId),
    );
    // The same workflow id may stand for another job later, and is nudged for that, too.
    const wanted = due.map(({ jobId, nudged = [] }) => {
      const own = found.filter((one) => one.jobId === jobId);
      return { jobId, own, news: own.map(({ workflowId }) => workflowId).filter((id) => !nudged.includes(id)) };
    });
    const missed = new Set(await nudge([...new Set(wanted.flatMap(({ news }) => news))]));
    const asked = wanted.map(({ jobId, own, news }): [string, AskedFor] => {
      return [
        jobId,
        {
          isMapped: own.some(({ workflowType }) => CREATORS.includes(workflowType)),
          nudged: news.filter((workflowId) => !missed.has(workflowId)),
          isRefused: news.some((workflowId) => missed.has(workflowId)),
        },
      ];
    });
    this.unmapped = stillUnmapped(this.unmapped, new Map(asked), nowMs);
  }

  private async readCanary(inFlight: readonly InFlight[], { nowMs }: Moment): Promise<void> {
    const everyMs = this.health.canaryMs === undefined ? FIRST_CANARY_EVERY_MS : CANARY_EVERY_MS;
    if (Math.abs(nowMs - this.canaryReadMs) < everyMs) return;
    // A run id is shown only with a change of status.
    const watched = inFlight.filter(
      ({ workflowType, runId }) => CREATORS.includes(workflowType) && (runId === '' || isOurOwn(runId)),
    );
    const canary = longestUnread(watched, this.readMs);
    if (!canary) return;
    this.canaryReadMs = nowMs;
    this.readMs = withRead(this.readMs, watched, { jobId: canary.jobId, nowMs });
    const ended = await this.endOf(canary);
    this.health = healthAfterCanary(this.health, { ended, isShown: this.seen.shown.has(canary.jobId) }, nowMs);
  }

  private async endOf({ jobId, runId }: InFlight): Promise<EndedJob | undefined> {
    const { view } = await (await this.jobs()).get(jobId);
    const endedMs = Date.parse(view.endTime ?? '');
    const isOver = finality(view.status, view.isFinished) === 'final' && !Number.isNaN(endedMs);
    return isOver ? { jobId, runId, endedMs } : undefined;
  }

  /** Whoever relies on a watcher that cannot be relied on any more must not sleep on. */
  tellIfUnhealthy(nowMs: number): void {
    const healthy = isHealthy(this.health, { nowMs, tickMs: this.tickMs });
    if (this.wasHealthy && !healthy) this.everybody.want(nowMs);
    this.wasHealthy = healthy;
    this.everybody.ifDue(nowMs);
  }
}

/** It comes again; that Keboola does not answer is told by the connection's own health. */
async function unlessFails(text: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.debug(text, { error });
  }
}

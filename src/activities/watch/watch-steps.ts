import { log } from '@temporalio/activity';
import { isWorthIt, relyingAgesMs, RELYING_MIN } from '../../job/watch/relying.js';
import { COUNTED_MAX, tickMs } from '../../job/watch/tick.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { isAnyInFlight, youngestInFlight, type InFlight } from './in-flight.js';
import type { Watcher } from './watcher.js';

/** What is in flight is asked for as often: a job that is younger is looked at by itself, ten seconds after its creation. */
const IN_FLIGHT_EVERY_MS = 5_000;
/** A server that is busy refuses a list; so long what it has answered before is good enough. */
const UNANSWERED_MS_MAX = 60_000;
/** Temporal's list may show a new workflow as late as that. */
const IDLE_MS_MAX = 60_000;

/** One moment, by three clocks. */
export interface Clocks {
  /** It goes on whatever is done to the others. */
  steadyMs: number;
  nowMs: number;
  /** As far as it is known here. */
  temporalMs: number;
}

/** What is done in a watch, and when: it asks what is in flight, and has the project looked at where that is worth it. */
export class WatchSteps {
  private askedMs = Number.NEGATIVE_INFINITY;
  private answeredMs = Number.NEGATIVE_INFINITY;
  private lookedMs = Number.NEGATIVE_INFINITY;
  private busyMs: number;
  /** When so many were in flight last that it was worth it. */
  private enoughMs: number;
  private inFlight: readonly InFlight[] = [];
  private isOurs = false;

  /** @param areSleeping whether workflows may rely on the watch before, whose jobs are not known yet. */
  constructor(
    private readonly watcher: Watcher,
    private readonly request: WatchRequest,
    { steadyMs, areSleeping }: { steadyMs: number; areSleeping: boolean },
  ) {
    this.busyMs = steadyMs;
    this.enoughMs = areSleeping ? steadyMs : Number.NEGATIVE_INFINITY;
  }

  /**
   * Does what is due.
   *
   * @returns whether anything is left to be watched.
   * @throws ApplicationFailure `NotOurProject`, and what Temporal answers for a minute; to be tried again.
   */
  async next(clocks: Clocks): Promise<boolean> {
    await this.askWhatIsInFlight(clocks);
    if (clocks.steadyMs - this.busyMs >= IDLE_MS_MAX) return false;
    const agesMs = relyingAgesMs(this.inFlight, clocks.temporalMs);
    if (agesMs.length >= RELYING_MIN) this.enoughMs = clocks.steadyMs;
    if (isWorthIt(this.enoughMs, clocks.steadyMs)) await this.lookIfDue(agesMs, clocks);
    else this.watcher.rest();
    this.watcher.tellIfUnhealthy(clocks.nowMs);
    return true;
  }

  private async askWhatIsInFlight({ steadyMs }: Clocks): Promise<void> {
    if (steadyMs - this.askedMs < IN_FLIGHT_EVERY_MS) return;
    this.askedMs = steadyMs;
    if (!(await this.isBusy(steadyMs))) return;
    this.busyMs = steadyMs;
    if (!this.isOurs) await this.watcher.requireProject();
    this.isOurs = true;
  }

  /** @throws what Temporal answers, where it has answered nothing else for long. */
  private async isBusy(steadyMs: number): Promise<boolean> {
    try {
      this.inFlight = await youngestInFlight(this.request, COUNTED_MAX);
      // For those who only look on the watch stays: each of their reads would start it anew, and a new one nudges them all.
      const isBusy = this.inFlight.length > 0 || (await isAnyInFlight(this.request));
      this.answeredMs = steadyMs;
      return isBusy;
    } catch (error) {
      // One that goes on in another activity would ask for much more: for all that has ended lately.
      if (steadyMs - this.answeredMs >= UNANSWERED_MS_MAX) throw error;
      log.warn('What is under way could not be asked for; it will be tried again', { error });
      return true;
    }
  }

  private async lookIfDue(agesMs: readonly number[], { steadyMs, nowMs }: Clocks): Promise<void> {
    const tick = tickMs(agesMs, this.watcher.isProven);
    if (tick === undefined || steadyMs - this.lookedMs < tick) return;
    await this.watcher.tick(this.inFlight, { nowMs, tickMs: tick });
    this.lookedMs = steadyMs;
  }
}

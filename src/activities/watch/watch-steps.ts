import { log } from '@temporalio/activity';
import { isWorthIt, relyingAgesMs, RELYING_MIN } from '../../job/watch/relying.js';
import { COUNTED_MAX, tickMs } from '../../job/watch/tick.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { isAnyInFlight, youngestInFlight, type InFlight } from './in-flight.js';
import type { Watcher } from './watcher.js';

/**
 * How often the workflows in flight are listed: a workflow reads a younger job itself, ten seconds after its creation.
 */
const IN_FLIGHT_EVERY_MS = 5_000;
/** A busy server refuses a list; for this long its previous answer is good enough. */
const UNANSWERED_MS_MAX = 60_000;
/** Temporal's list may show a new workflow this late. */
const IDLE_MS_MAX = 60_000;

/** One moment, by three clocks. */
export interface Clocks {
  /** This clock runs on, whatever is done to the other two. */
  steadyMs: number;
  nowMs: number;
  /** Temporal's clock, as far as it is known here. */
  temporalMs: number;
}

/**
 * Schedules the steps of a watch: it lists what is in flight, and looks at the project if that is worth the requests.
 */
export class WatchSteps {
  private askedMs = Number.NEGATIVE_INFINITY;
  private answeredMs = Number.NEGATIVE_INFINITY;
  private lookedMs = Number.NEGATIVE_INFINITY;
  private busyMs: number;
  /** When there were last enough jobs in flight to make looking worth it. */
  private enoughMs: number;
  private inFlight: readonly InFlight[] = [];
  private isOurs = false;

  /** @param areSleeping whether workflows may rely on the previous watch, whose jobs are not known yet. */
  constructor(
    private readonly watcher: Watcher,
    private readonly request: WatchRequest,
    { steadyMs, areSleeping }: { steadyMs: number; areSleeping: boolean },
  ) {
    this.busyMs = steadyMs;
    this.enoughMs = areSleeping ? steadyMs : Number.NEGATIVE_INFINITY;
  }

  /**
   * Takes the steps that are due.
   *
   * @returns whether anything is left to watch.
   * @throws ApplicationFailure `NotOurProject`, and Temporal's error once it has lasted for a minute; both are to be
   * retried.
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

  /** @throws Temporal's error once Temporal has not answered otherwise for `UNANSWERED_MS_MAX`. */
  private async isBusy(steadyMs: number): Promise<boolean> {
    try {
      this.inFlight = await youngestInFlight(this.request, COUNTED_MAX);
      // The watch also stays for workflows that only wait for a job: else each of their reads would start a new watch,
      // and a new watch nudges them all.
      const isBusy = this.inFlight.length > 0 || (await isAnyInFlight(this.request));
      this.answeredMs = steadyMs;
      return isBusy;
    } catch (error) {
      // Patience is cheaper than a new attempt, which would ask for much more: for everything that has ended lately.
      if (steadyMs - this.answeredMs >= UNANSWERED_MS_MAX) throw error;
      log.warn('What is under way could not be asked for; it will be tried again', { error });
      return true;
    }
  }

  private async lookIfDue(agesMs: readonly number[], { steadyMs, nowMs }: Clocks): Promise<void> {
    const tick = tickMs(agesMs, this.watcher.isProven);
    if (tick === undefined || steadyMs - this.lookedMs < tick) return;
    await this.watcher.tick(this.inFlight, { nowMs, steadyMs, tickMs: tick });
    this.lookedMs = steadyMs;
  }
}

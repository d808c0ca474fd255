import type { InjectedSinks } from '@temporalio/worker';
import { WATCHER_STATES, type WatcherState } from '../../activities/deps.js';
import {
  CREATION_OUTCOMES,
  METRICS_SINK,
  type CreationOutcome,
  type JobEnd,
  type OurSinks,
} from '../../job/metrics/told-by-workflows.js';
import type { Asked, Direction, Tally } from '../../keboola/tally/tally.js';
import { BoundedLabel } from './bounded-label.js';
import { LatestOnes } from './latest-ones.js';
import { Instruments } from './instruments.js';

/** Keboola has a thousand components; a project that runs more than this many has the rest counted together. */
const COMPONENTS_MAX = 100;
/** A repeated task comes within seconds, so that this many are enough. */
const ENDED_MAX = 10_000;
const UNKNOWN = 'unknown';
const REASONS = ['token-refused', 'no-token', 'no-answer', 'not-usable'] as const;
const DIRECTIONS: readonly Direction[] = ['upload', 'download'];

/** Why a connection is bad; `not-usable` comes from the look at the start. */
export type BadReason = (typeof REASONS)[number];

/** What the metrics need to know of a connection. */
interface Counted {
  name: string;
  isWatched: boolean;
}

/** Counts what the workflows, the activities and the connections of a worker report. */
export class WorkerMetrics implements Tally {
  private readonly instruments = new Instruments();
  private readonly components = new BoundedLabel(COMPONENTS_MAX);
  private readonly ended = new LatestOnes(ENDED_MAX);
  private readonly told = new LatestOnes(ENDED_MAX);

  /**
   * Starts to count; what came before is not counted. Starts with zeros: an alert sees the first event of a kind only
   * if there was a zero before it.
   */
  begin(connections: readonly Counted[]): void {
    // Workers that share this object do not begin anew while they share the SDK's runtime.
    if (!this.instruments.open()) return;
    for (const outcome of CREATION_OUTCOMES) this.instruments.add('keboola_creations_total', { outcome }, 0);
    this.instruments.add('keboola_kills_not_confirmed_total', {}, 0);
    for (const direction of DIRECTIONS) this.moved(direction, 0);
    for (const { name, isWatched } of connections) {
      this.instruments.add('keboola_request_deferrals_total', { connection: name }, 0);
      this.connection(name, undefined);
      if (isWatched) this.watcher(name, 'idle');
    }
  }

  /** @param runId of the workflow: if a signal comes with its last task, the server schedules that task again. */
  jobEnded({ component = UNKNOWN, outcome, lagSeconds }: JobEnd, runId = ''): void {
    if (runId !== '' && !this.ended.isNew(runId)) return;
    if (outcome === 'CreateAmbiguous') this.creation('ambiguous');
    if (outcome === 'CreateRefused') this.creation('refused');
    if (outcome === 'KillNotConfirmed') this.killNotConfirmed();
    this.instruments.add('keboola_jobs_total', { component: this.components.of(component), outcome });
    if (lagSeconds !== undefined) this.instruments.record('keboola_job_end_lag_seconds', {}, lagSeconds);
  }

  creation(outcome: CreationOutcome): void {
    this.instruments.add('keboola_creations_total', { outcome });
  }

  killNotConfirmed(): void {
    this.instruments.add('keboola_kills_not_confirmed_total', {});
  }

  asked({ durationSeconds, ...labels }: Asked): void {
    this.instruments.add('keboola_requests_total', labels);
    this.instruments.record('keboola_request_seconds', { connection: labels.connection }, durationSeconds);
  }

  deferred(connection: string): void {
    this.instruments.add('keboola_request_deferrals_total', { connection });
  }

  moved(direction: Direction, bytes: number): void {
    this.instruments.add('keboola_transfer_bytes_total', { direction }, bytes);
  }

  /** @param bad undefined if the connection is well. */
  connection(connection: string, bad: BadReason | undefined): void {
    for (const reason of REASONS) {
      this.instruments.set('keboola_connection_bad', { connection, reason }, reason === bad ? 1 : 0);
    }
  }

  /** Of file transfers, only the bytes are counted. */
  transferred(): void {
    return undefined;
  }

  watcher(connection: string, now: WatcherState): void {
    for (const state of WATCHER_STATES) {
      this.instruments.set('keboola_watcher', { connection, state }, state === now ? 1 : 0);
    }
  }

  /** A task that Temporal did not accept is done again, and reports the same again. */
  private once(what: readonly (string | number)[], count: () => void): void {
    if (this.told.isNew(what.join(' '))) count();
  }

  /** The sinks to which the workflows of a worker report their counts. */
  sinks(): InjectedSinks<OurSinks> {
    return {
      [METRICS_SINK]: {
        jobEnded: { fn: ({ runId }, end) => this.jobEnded(end, runId), callDuringReplay: false },
        creation: {
          fn: ({ runId }, outcome, nth) => this.once([runId, outcome, nth], () => this.creation(outcome)),
          callDuringReplay: false,
        },
        killNotConfirmed: {
          fn: ({ runId }, nth) => this.once([runId, nth], () => this.killNotConfirmed()),
          callDuringReplay: false,
        },
      },
    };
  }
}

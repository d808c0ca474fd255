import type { WatchRequest } from '../../job/watch/watch-request.js';
import { OtherProject } from '../../keboola/connection/errors.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { steadyMs } from '../../keboola/http/steady-ms.js';
import type { JobApi } from '../../keboola/jobs/job-api.js';
import type { Keboola } from '../../keboola/keboola.js';
import { SettingsError } from '../../input/settings-error.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';

/** A refused token stays refused until the operator gives the connection another one. */
const REFUSED_MS = 5 * 60_000;
const FAILED_MS = 60_000;

/** What a watch asks its project for. */
export type WatchedJobs = Pick<JobApi, 'list' | 'get'>;

/** A connection that is not tried for a while, because it failed to reach the project. */
interface PutOff {
  untilMs: number;
  error: unknown;
}

/**
 * The project of a watch, through a connection that leads there: the one that the watch was started with, or any other
 * of this worker, since all connections to a project share one watch.
 */
export class WatchedProject {
  /** By connection name; bounded by the connections that the worker knows. */
  private readonly putOff = new Map<string, PutOff>();

  constructor(
    private readonly deps: Pick<ActivityDeps, 'connections'>,
    private readonly request: WatchRequest,
    private readonly now: () => number = steadyMs,
  ) {}

  /** Each request uses whichever connection is not refused. @throws as `ask`, also if no connection leads there. */
  async jobs(): Promise<WatchedJobs> {
    await this.ask((keboola) => keboola.jobs());
    return {
      list: (query) => this.ask(async (keboola) => (await keboola.jobs()).list(query)),
      get: (jobId, signal) => this.ask(async (keboola) => (await keboola.jobs()).get(jobId, signal)),
    };
  }

  /**
   * Asks the project for something. A connection that does not lead there, or whose token is refused, even if only for
   * this request, is put off for a while: otherwise each look would try it again.
   *
   * @throws UnknownConnection, OtherProject if none leads there; else what the project answers, and as `keboolaOf`.
   */
  async ask<T>(work: (keboola: Keboola) => Promise<T>): Promise<T> {
    for (const name of this.inTurn()) {
      const answered = await this.askBy(name, work);
      if (answered) return answered.answer;
    }
    throw this.reason();
  }

  /** @returns undefined if another connection has to be used. @throws errors that may pass. */
  private async askBy<T>(name: string, work: (keboola: Keboola) => Promise<T>): Promise<{ answer: T } | undefined> {
    let keboola: Keboola | undefined;
    try {
      requireStack(this.request, name, this.deps);
      keboola = await keboolaOf(this.deps, { connection: name, project: this.request.project });
      return { answer: await work(keboola) };
    } catch (error) {
      // If the connection leads there, the project itself fails, and would through any other connection as well.
      if (keboola && !leadsNowhere(error)) throw error;
      this.putOff.set(name, { untilMs: this.now() + (isRefused(error) ? REFUSED_MS : FAILED_MS), error });
      return undefined;
    }
  }

  /** The connection of the request comes first. If all connections are put off, that one is tried each time. */
  private inTurn(): string[] {
    const { connection, stack } = this.request;
    const others = this.deps.connections.all().map((keboola) => keboola.connection);
    const sameStack = others.filter((one) => one.name !== connection && one.stack === stack && one.isWatched);
    const names = [connection, ...sameStack.map(({ name }) => name)];
    const ready = names.filter((name) => this.now() >= (this.putOff.get(name)?.untilMs ?? Number.NEGATIVE_INFINITY));
    return ready.length > 0 ? ready : [connection];
  }

  /** Prefers an error that may pass: while there is one, the watch should stay on this worker. */
  private reason(): unknown {
    const errors = [...this.putOff.values()].map(({ error }) => error);
    return errors.find((error) => !leadsNowhere(error)) ?? this.putOff.get(this.request.connection)?.error ?? errors[0];
  }
}

/** Projects of two stacks may have the same id. @throws OtherProject, UnknownConnection. */
function requireStack(
  { stack, project }: WatchRequest,
  name: string,
  { connections }: Pick<ActivityDeps, 'connections'>,
): void {
  const here = connections.get(name).connection.stack;
  if (here === stack) return;
  throw new OtherProject(`Connection "${name}" leads to ${here} here, and project ${project} is one of ${stack}`);
}

function leadsNowhere(error: unknown): boolean {
  return error instanceof SettingsError || isRefused(error);
}

function isRefused(error: unknown): boolean {
  return error instanceof KeboolaError && error.kind === 'unauthorized';
}

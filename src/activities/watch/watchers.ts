import { AsyncResource } from 'node:async_hooks';
import { activityInfo, getClient, log } from '@temporalio/activity';
import type { CreateOutcome } from '../../job/create/creation.js';
import type { JobReading, ReadRequest } from '../../job/remote-steps.js';
import { mayBeOver } from '../../job/wait/status.js';
import type { ActivityDeps } from '../deps.js';
import { watchesMax } from './watch-room.js';
import { WatcherLink } from './watcher-link.js';

/** Which connection and system the job of an answer belongs to. */
type Of = Pick<ReadRequest, 'connection' | 'system'>;

/** The watchers of a worker's projects, for those connections that are set to be watched. */
export class Watchers {
  /** Bounded by the known connections and by the task queues of the process. */
  private readonly links = new Map<string, WatcherLink>();
  /** Background work must outlive the activity: in the activity's context, its cancellation would reach the client. */
  private readonly outside = new AsyncResource('KeboolaWatchers');

  constructor(private readonly deps: ActivityDeps) {}

  /**
   * Has the job of an answer watched while it has not ended. This neither fails nor waits.
   *
   * @returns the answer, marked as `watched` if, as far as is known now, the job's end will be told.
   */
  answer<Answer extends CreateOutcome | JobReading>(job: Of, answer: Answer): Answer {
    const { connection, system } = job;
    // Watchers do not list the jobs of another system.
    if (system !== undefined) return answer;
    const isOpen = answer.kind === 'accepted' || (answer.kind === 'read' && !mayBeOver(answer.view));
    return isOpen && this.want(connection) ? { ...answer, watched: true } : answer;
  }

  /** @returns whether the job's end will be told. Never throws: the job exists, whatever ails Temporal's client. */
  private want(connection: string): boolean {
    if (!this.deps.connections.find(connection)?.connection.isWatched) return false;
    try {
      return this.isToldBy(connection);
    } catch (error) {
      log.debug('A job could not be watched', { connection, error });
      return false;
    }
  }

  /** @throws what the SDK throws if an activity has no client, or no longer has one. */
  private isToldBy(connection: string): boolean {
    const { namespace, taskQueue } = activityInfo();
    const key = JSON.stringify([namespace, taskQueue, connection]);
    const link = this.links.get(key) ?? this.linkTo(connection, taskQueue);
    this.links.set(key, link);
    this.outside.runInAsyncScope(() => link.want());
    return link.isReliable;
  }

  private linkTo(connection: string, taskQueue: string): WatcherLink {
    const keboola = this.deps.connections.get(connection);
    return new WatcherLink({
      client: getClient(),
      taskQueue,
      request: async () => ({ connection, stack: keboola.connection.stack, project: (await keboola.facts()).id }),
      hasRoom: () => watchesMax(this.deps) > 0,
      isStopping: () => this.deps.isStopping?.(taskQueue) ?? false,
      tell: (state) => this.deps.tellWatcher?.(connection, state),
    });
  }
}

import type { Fixture } from '../fixture/fixture.js';
import type { SandboxSettings } from '../settings.js';
import { StorageState } from '../storage/storage-state.js';
import type { StorageJob } from '../storage/storage-job.js';
import { EventQueue } from './event-queue.js';
import type { Job, JobFacts } from './job-record.js';
import { JobStore } from './job-store.js';
import { ProjectLoad } from './admission/project-load.js';
import type { Notice } from './notification/notice.js';
import { Subscriptions } from './notification/subscriptions.js';
import { type Indexed, SearchIndex } from './search-index.js';
import { Tickets } from './admission/tickets.js';

/** Something that will happen at its time, whether or not anybody asks. */
export type WorldEvent =
  | { kind: 'write'; job: Job }
  | { kind: 'enqueue' | 'message' | 'killed' | 'flip'; jobId: string }
  | { kind: 'spawn'; jobId: string; attempt: number; child: number }
  | { kind: 'workDone' | 'timeout' | 'bounce' | 'rerun'; jobId: string; attempt: number }
  | { kind: 'log'; jobId: string; attempt: number; position: number }
  | { kind: 'index'; write: Indexed }
  /** An effect that belongs to no execution of a job, such as one in Storage, so it can never be stale. */
  | { kind: 'effect'; happen: () => void };

/** Counts what happens, for tests to ask. */
export interface Tally {
  jobWritten(job: Job): void;
  runStarted(job: Job): void;
  runIdGiven(job: Job): void;
  storageJobWritten(job: StorageJob): void;
  /** How many jobs of a project its parallel limit counts now. */
  running(projectId: number, count: number): void;
}

/** The whole state. Only `advanceTo` and the requests in between move it. */
export class World {
  readonly jobs = new JobStore();
  readonly index = new SearchIndex();
  readonly queue = new EventQueue<WorldEvent>();
  readonly tickets: Tickets;
  /** Messages whose time has come, in the order in which workers take them. */
  readonly messages = new Set<string>();
  /** Jobs that a worker has. */
  readonly executing = new Set<Job>();
  /** The job that holds each lock. */
  readonly locks = new Map<string, Job>();
  readonly load = new ProjectLoad();
  /** Since when the index is stalled, if it is. */
  stalledAtMs = Number.NEGATIVE_INFINITY;
  readonly storage: StorageState;
  readonly subscriptions = new Subscriptions();
  /** Ends of jobs that subscribers are still to be told of. */
  readonly notices: Notice[] = [];
  #writes = 0;

  constructor(
    readonly fixture: Fixture,
    /** Read at every use, so that a change applies at once. */
    readonly settings: Readonly<SandboxSettings>,
    readonly tally: Tally,
    /** The time that the world has reached. Never goes back. */
    public nowMs: number,
  ) {
    this.tickets = new Tickets(settings.firstTicket);
    this.storage = new StorageState(() => settings.storageBytesMax);
    this.storage.addBuckets(fixture.projects);
  }

  /** Rounds to whole milliseconds, so that a clock in steps meets the same instants as one that leaps. */
  schedule(afterSeconds: number, event: WorldEvent): void {
    this.queue.push(this.nowMs + Math.round(afterSeconds * 1000), event);
  }

  /** The time up to which Storage's search indexes know the writes. They stall together with the index of jobs. */
  visibleUntilMs(): number {
    const { searchStalled, searchLagSeconds } = this.settings;
    return (searchStalled ? this.stalledAtMs : this.nowMs) - searchLagSeconds * 1000;
  }

  add(job: Job): void {
    if (this.jobs.size >= this.settings.jobsMax) this.#forgetOldest();
    this.jobs.add(job);
    this.tally.jobWritten(job);
    this.#written(job);
  }

  /** Whether there is no room for another job, and no job that could be forgotten. */
  isFull(): boolean {
    return this.jobs.size >= this.settings.jobsMax && this.jobs.oldestFinished() === undefined;
  }

  /** A whole-document write without a version check, as Syrup's workers and its queue app do it. */
  write(job: Job, changes: Partial<JobFacts>): void {
    job.facts = { ...job.facts, ...changes };
    this.#written(job);
  }

  #written(job: Job): void {
    this.tally.running(job.facts.project.id, this.load.update(job));
    const lagSeconds = job.script.searchLagSeconds ?? this.settings.searchLagSeconds;
    this.schedule(lagSeconds, { kind: 'index', write: { facts: job.facts, revision: this.#writes++ } });
  }

  #forgetOldest(): void {
    const oldest = this.jobs.oldestFinished();
    if (oldest === undefined) throw new Error(`The sandbox is full: ${this.jobs.size} jobs, none finished`);
    this.jobs.remove(oldest.facts.id);
    this.index.forget(oldest.facts.id);
  }
}

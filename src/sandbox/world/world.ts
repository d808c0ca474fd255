import type { Fixture } from '../fixture/fixture.js';
import { EventQueue } from './event-queue.js';
import { isFinished } from './job-record.js';
import type { Job, JobFacts } from './job-record.js';

/** Something that will happen at its time, whether or not anybody asks. */
export type WorldEvent =
  | { kind: 'pickUp'; jobId: number }
  | { kind: 'spawn'; jobId: number; attempt: number; child: number }
  | { kind: 'workDone'; jobId: number; attempt: number }
  | { kind: 'terminate'; jobId: number }
  | { kind: 'index'; facts: JobFacts };

export interface WorldSettings {
  /** From creation until a free worker has the job. */
  pickUpDelaySeconds: number;
  /** From an accepted kill until the job is terminated. */
  killLatencySeconds: number;
  /** From a write until the list shows it. */
  searchLagSeconds: number;
  /** First number of the ticket sequence that job ids and run ids come from. */
  firstTicket: number;
  /** Jobs kept; the oldest finished one is forgotten to make room. */
  jobsMax: number;
}

/** The whole state. It moves only by `advanceTo` and by the requests that come between. */
export class World {
  readonly jobs = new Map<number, Job>();
  /** What the search index shows: for each job the last write that is older than the lag. */
  readonly index = new Map<number, JobFacts>();
  readonly queue = new EventQueue<WorldEvent>();
  #nextTicket: number;

  constructor(
    readonly fixture: Fixture,
    readonly settings: WorldSettings,
    /** Now, as far as the world has been told. Never goes back. */
    public nowMs: number,
  ) {
    this.#nextTicket = settings.firstTicket;
  }

  ticket(): number {
    return this.#nextTicket++;
  }

  schedule(afterSeconds: number, event: WorldEvent): void {
    this.queue.push(this.nowMs + afterSeconds * 1000, event);
  }

  add(job: Job): void {
    if (this.jobs.size >= this.settings.jobsMax) this.#forgetOldest();
    this.jobs.set(job.facts.id, job);
    this.#indexLater(job.facts);
  }

  /** No room for another job, and none that could be forgotten. */
  isFull(): boolean {
    return this.jobs.size >= this.settings.jobsMax && this.#oldestFinished() === undefined;
  }

  /** A whole-document write without a version check, as Syrup's workers and its queue app do it. */
  write(job: Job, changes: Partial<JobFacts>): void {
    job.facts = { ...job.facts, ...changes };
    this.#indexLater(job.facts);
  }

  #indexLater(facts: JobFacts): void {
    this.schedule(this.settings.searchLagSeconds, { kind: 'index', facts });
  }

  #forgetOldest(): void {
    const id = this.#oldestFinished();
    if (id === undefined) throw new Error(`The sandbox is full: ${this.jobs.size} jobs, none finished`);
    this.jobs.delete(id);
    this.index.delete(id);
  }

  #oldestFinished(): number | undefined {
    for (const [id, job] of this.jobs) if (isFinished(job.facts.status)) return id;
    return undefined;
  }
}

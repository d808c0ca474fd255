import { isStorageJobFinished } from './storage-job.js';
import type { StorageJob } from './storage-job.js';

/** The jobs of Storage by id, in the order of their writes, and the lines in which they wait for a table's lock. */
export class StorageJobs {
  readonly #jobs = new Map<string, StorageJob>();
  /** The first of each list has the lock, the others wait in this order. */
  readonly #lines = new Map<string, StorageJob[]>();

  get(id: string): StorageJob | undefined {
    return this.#jobs.get(id);
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** Forgets the oldest finished job when there are more than `jobsMax`. */
  add(job: StorageJob, jobsMax: number): void {
    if (this.#jobs.size >= jobsMax) this.#forgetOldest();
    this.#jobs.set(job.id, job);
  }

  isFull(jobsMax: number): boolean {
    return this.#jobs.size >= jobsMax && this.#oldestFinished() === undefined;
  }

  newestFirst(): StorageJob[] {
    return [...this.#jobs.values()].reverse();
  }

  /** Joins the line for its lock; false when another job is ahead. */
  joins(job: StorageJob): boolean {
    if (job.lock === undefined) return true;
    const line = this.#lines.get(job.lock) ?? [];
    this.#lines.set(job.lock, line);
    line.push(job);
    return line.length === 1;
  }

  /** Leaves the line and returns the job that has the lock now. */
  leaves({ lock }: StorageJob): StorageJob | undefined {
    if (lock === undefined) return undefined;
    const line = this.#lines.get(lock) ?? [];
    line.shift();
    if (line.length === 0) this.#lines.delete(lock);
    return line[0];
  }

  #forgetOldest(): void {
    const oldest = this.#oldestFinished();
    if (oldest !== undefined) this.#jobs.delete(oldest.id);
  }

  #oldestFinished(): StorageJob | undefined {
    for (const job of this.#jobs.values()) if (isStorageJobFinished(job)) return job;
    return undefined;
  }
}

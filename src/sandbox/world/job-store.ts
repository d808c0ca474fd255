import { isFinished } from './job-record.js';
import type { Job } from './job-record.js';

/** All jobs, by id and in the order of their ids. Ids are decimal text without leading zeros. */
export class JobStore {
  readonly #jobs = new Map<string, Job>();
  /** Ascending. A new job comes last, unless its document was written late. */
  readonly #ids: string[] = [];

  get size(): number {
    return this.#jobs.size;
  }

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  add(job: Job): void {
    const { id } = job.facts;
    let at = this.#ids.length;
    while (at > 0 && isLess(id, this.#ids[at - 1] ?? '')) at -= 1;
    this.#ids.splice(at, 0, id);
    this.#jobs.set(id, job);
  }

  remove(id: string): void {
    if (this.#jobs.delete(id)) this.#ids.splice(this.#ids.indexOf(id), 1);
  }

  /** Lowest id first. */
  *oldestFirst(): Generator<Job> {
    for (const id of this.#ids) yield* this.#found(id);
  }

  /** Highest id first. */
  *newestFirst(): Generator<Job> {
    for (let at = this.#ids.length - 1; at >= 0; at--) yield* this.#found(this.#ids[at] ?? '');
  }

  oldestFinished(): Job | undefined {
    for (const job of this.oldestFirst()) if (isFinished(job.facts.status)) return job;
    return undefined;
  }

  *#found(id: string): Generator<Job> {
    const job = this.#jobs.get(id);
    if (job !== undefined) yield job;
  }
}

/** Of two numbers written as digits the shorter one is less; of equal length, the one that sorts first. */
function isLess(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length;
}

import { BoundedCounts } from './bounded-counts.js';

/** What happened under a run id. */
export interface RunIdView {
  /** Create requests whose `X-KBC-RunId` was this run id or one below it. */
  posts: number;
  /** Jobs below it, at any depth. */
  jobs: number;
  /** Jobs exactly one segment below it: what the create requests made, without children. */
  directJobs: number;
  /** Jobs of Storage that carry this run id or one below it. */
  storageJobs: number;
  /** Executions of those jobs, and their kills, accepted or refused. */
  runs: number;
  kills: number;
}

/** Remembers which run ids clients sent and which ones jobs got, even of jobs that the sandbox has since forgotten. */
export class RunIdCounts {
  readonly #posts = new BoundedCounts();
  /** Keys are pairs of job and run id: a job that runs again may have several run ids. */
  readonly #given = new BoundedCounts();
  readonly #storageJobs = new BoundedCounts();

  posted(runId: string): void {
    this.#posts.add(runId);
  }

  given(jobId: string, runId: string): void {
    this.#given.add(`${jobId} ${runId}`);
  }

  storageJobGiven(jobId: string, runId: string): void {
    this.#storageJobs.add(`${jobId} ${runId}`);
  }

  view(prefix: string, counts: { runs: BoundedCounts; kills: BoundedCounts }): RunIdView {
    let posts = 0;
    for (const [runId, count] of this.#posts.entries()) if (isAtOrBelow(runId, prefix)) posts += count;
    const found = this.#jobsBelow(prefix);
    const sum = (of: BoundedCounts): number => [...found.all].reduce((total, jobId) => total + of.get(jobId), 0);
    const { runs, kills } = counts;
    return {
      posts,
      jobs: found.all.size,
      directJobs: found.direct.size,
      runs: sum(runs),
      kills: sum(kills),
      storageJobs: this.#storageJobsUnder(prefix),
    };
  }

  clear(): void {
    this.#posts.clear();
    this.#given.clear();
    this.#storageJobs.clear();
  }

  #storageJobsUnder(prefix: string): number {
    let found = 0;
    for (const [pair] of this.#storageJobs.entries()) {
      if (isAtOrBelow(pair.slice(pair.indexOf(' ') + 1), prefix)) found += 1;
    }
    return found;
  }

  #jobsBelow(prefix: string): { all: Set<string>; direct: Set<string> } {
    const [all, direct] = [new Set<string>(), new Set<string>()];
    for (const [pair] of this.#given.entries()) {
      const space = pair.indexOf(' ');
      const [jobId, runId] = [pair.slice(0, space), pair.slice(space + 1)];
      if (runId === prefix || !isAtOrBelow(runId, prefix)) continue;
      all.add(jobId);
      if (!runId.slice(prefix.length + 1).includes('.')) direct.add(jobId);
    }
    return { all, direct };
  }
}

function isAtOrBelow(runId: string, prefix: string): boolean {
  return runId === prefix || runId.startsWith(`${prefix}.`);
}

import { longestUnread, NEVER_AGAIN, OldestAge, withRead } from '../../job/watch/canary.js';
import { isTold } from '../../job/watch/relying.js';
import { COUNTED_MAX } from '../../job/watch/tick.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { youngestInFlight, type InFlight } from './in-flight.js';

/** The jobs that a watcher reads by their ids, one after another: the youngest in flight, and the oldest. */
export class Canaries {
  /** When each job was read, by job id. */
  private readMs: ReadonlyMap<string, number> = new Map();
  private candidates: readonly InFlight[] = [];
  private readonly oldest = new OldestAge();

  constructor(private readonly request: WatchRequest) {}

  /** @param youngest all jobs in flight, or {@link COUNTED_MAX} of them. @throws what Temporal answers. */
  async next(youngest: readonly InFlight[]): Promise<InFlight | undefined> {
    // If jobs last long, the youngest ones do not end soon, and reading them would prove nothing.
    const older = youngest.length < COUNTED_MAX ? [] : await this.oldestInFlight(youngest);
    const byId = new Map([...youngest, ...older].map((one) => [one.workflowId, one]));
    this.candidates = [...byId.values()].filter(isTold);
    return this.another();
  }

  /** The next candidate, if reading the previous one has told nothing. */
  another(): InFlight | undefined {
    return longestUnread(this.candidates, this.readMs);
  }

  /** The ids of all candidates. */
  get jobIds(): string[] {
    return this.candidates.map(({ jobId }) => jobId);
  }

  wasRead(jobId: string, nowMs: number): void {
    this.readMs = withRead(this.readMs, this.candidates, { jobId, atMs: nowMs });
  }

  /** Drops a job whose read proves nothing. */
  leaveOut(jobId: string): void {
    this.wasRead(jobId, NEVER_AGAIN);
  }

  private async oldestInFlight(youngest: readonly InFlight[]): Promise<InFlight[]> {
    const latestMs = Math.max(...youngest.map(({ startMs }) => startMs));
    const page = await youngestInFlight(this.request, COUNTED_MAX, this.oldest.startedBeforeMs(latestMs));
    this.oldest.seen(page.length, COUNTED_MAX);
    return page;
  }
}

import { longestUnread, NEVER_AGAIN, OldestAge, withRead } from '../../job/watch/canary.js';
import { isTold } from '../../job/watch/relying.js';
import { COUNTED_MAX } from '../../job/watch/tick.js';
import type { WatchRequest } from '../../job/watch/watch-request.js';
import { youngestInFlight, type InFlight } from './in-flight.js';

/** The jobs that a watcher reads by their ids, one after the other: the youngest in flight, and the oldest. */
export class Canaries {
  /** When which one was read. */
  private readMs: ReadonlyMap<string, number> = new Map();
  private candidates: readonly InFlight[] = [];
  private readonly oldest = new OldestAge();

  constructor(private readonly request: WatchRequest) {}

  /** @param youngest all that are in flight, or {@link COUNTED_MAX} of them. @throws what Temporal answers. */
  async next(youngest: readonly InFlight[]): Promise<InFlight | undefined> {
    // Where jobs last long the youngest ones do not end, and their reads would show nothing.
    const older = youngest.length < COUNTED_MAX ? [] : await this.oldestInFlight(youngest);
    const byId = new Map([...youngest, ...older].map((one) => [one.workflowId, one]));
    this.candidates = [...byId.values()].filter(isTold);
    return this.another();
  }

  /** The next one of those, where a read of the one before has said nothing. */
  another(): InFlight | undefined {
    return longestUnread(this.candidates, this.readMs);
  }

  /** Of all that have their turn. */
  get jobIds(): string[] {
    return this.candidates.map(({ jobId }) => jobId);
  }

  wasRead(jobId: string, nowMs: number): void {
    this.readMs = withRead(this.readMs, this.candidates, { jobId, atMs: nowMs });
  }

  /** A read of it proves nothing. */
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

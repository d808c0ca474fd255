import type { SearchAnswer } from '../../job/remote-steps.js';
import { CERTAIN_MS, UNPROVED_MS } from './search-window.js';

/**
 * The jobs that may be the one that was lost, of a creation that carried nothing of ours. One is taken only once it has been the
 * only one for as long as another might still have shown, and whoever has it from Keboola's own answer has claimed it.
 */
export class Candidates {
  private firstSeenMs = new Map<string, number>();
  private waitMs = UNPROVED_MS;

  get jobIds(): string[] {
    return [...this.firstSeenMs.keys()];
  }

  get exist(): boolean {
    return this.firstSeenMs.size > 0;
  }

  seen(answer: SearchAnswer, nowMs: number): void {
    if (answer.kind !== 'searched') return;
    const { candidates = [], isWhole } = answer;
    this.firstSeenMs = new Map(candidates.map((jobId) => [jobId, this.firstSeenMs.get(jobId) ?? nowMs]));
    this.waitMs = isWhole ? CERTAIN_MS : UNPROVED_MS;
  }

  /** The one that nobody else can be meant by. */
  theOne(nowMs: number): string | undefined {
    const [jobId, ...others] = this.jobIds;
    return others.length === 0 && this.haveWaited(nowMs) ? jobId : undefined;
  }

  areSeveral(nowMs: number): boolean {
    return this.firstSeenMs.size > 1 && this.haveWaited(nowMs);
  }

  private haveWaited(nowMs: number): boolean {
    return [...this.firstSeenMs.values()].every((sinceMs) => nowMs - sinceMs >= this.waitMs);
  }
}

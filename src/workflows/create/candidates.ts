import type { SearchAnswer } from '../../job/remote-steps.js';
import { CERTAIN_MS, UNPROVED_MS } from './search-window.js';

/**
 * Candidates for the lost job of an unfenced creation, one that carries no mark of ours. A candidate is taken only once
 * it has been the only one long enough: any other would have shown up, and a workflow that has the job from Keboola's
 * own answer would have claimed it.
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

  /** The only candidate, once no other job can be meant. */
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

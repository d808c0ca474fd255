import type { SearchAnswer } from '../../job/remote-steps.js';
import { CERTAIN_MS, UNPROVED_MS } from './search-window.js';

/**
 * The jobs that may be the one that was lost, of a creation that carried nothing of ours. One is taken only once it has been the
 * only one for as long as another might still have shown.
 */
export class Candidates {
  jobIds: string[] = [];
  private sinceMs = 0;
  private waitMs = UNPROVED_MS;

  get exist(): boolean {
    return this.jobIds.length > 0;
  }

  seen(answer: SearchAnswer, nowMs: number): void {
    if (answer.kind !== 'searched') return;
    if (!this.exist) this.sinceMs = nowMs;
    this.jobIds = answer.candidates ?? [];
    this.waitMs = answer.isWhole ? CERTAIN_MS : UNPROVED_MS;
  }

  mayBeClaimed(nowMs: number): true | undefined {
    return this.jobIds.length === 1 && this.hasWaited(nowMs) ? true : undefined;
  }

  areSeveral(nowMs: number): boolean {
    return this.jobIds.length > 1 && this.hasWaited(nowMs);
  }

  private hasWaited(nowMs: number): boolean {
    return nowMs - this.sinceMs >= this.waitMs;
  }
}

import { compareJobIds } from '../job-id.js';
import type { JobView } from '../job-view.js';

/** From when on jobs are of use, epoch milliseconds by a clock of ours. */
export interface Since {
  sinceMs: number;
  /** When Keboola was asked, by the same clock; left out where nobody knows. */
  askedAtMs?: number | undefined;
}

/**
 * Says of jobs whether they were created since a moment of ours, by the times that Keboola's clock has given them. That clock may
 * be hours behind, which its answers tell; it never makes a job younger than it seems to be. No server is asked to filter by
 * such a time: it would hide what its clock has stamped before it was set right.
 */
export class StampedSince {
  private behindMs = 0;

  constructor(private readonly since: Since) {}

  /** @param serverTime of an answer, ISO 8601. */
  heard(serverTime: string | undefined): void {
    const { askedAtMs } = this.since;
    if (serverTime === undefined || askedAtMs === undefined) return;
    this.behindMs = Math.max(this.behindMs, askedAtMs - Date.parse(serverTime));
  }

  isOlder({ createdTime }: JobView): boolean {
    return createdTime !== undefined && Date.parse(createdTime) < this.since.sinceMs - this.behindMs;
  }

  /** Whether nothing behind this page of a list is of use, which goes from the newest to the oldest. */
  isPast(page: readonly JobView[]): boolean {
    return goesDown(page) && page.every((view) => this.isOlder(view));
  }
}

/** Whether a list shows what it was asked for: a page of jobs, each made before the one above it. */
export function goesDown(page: readonly JobView[]): boolean {
  return page.length > 0 && page.slice(1).every(({ jobId }, at) => compareJobIds(jobId, page[at]?.jobId ?? '') <= 0);
}

import { compareJobIds } from '../job-id.js';
import type { JobView } from '../job-view.js';

/** The moment from which jobs are relevant, in epoch milliseconds by our clock. */
export interface Since {
  sinceMs: number;
  /** When Keboola was asked, by the same clock; absent if unknown. */
  askedAtMs?: number | undefined;
}

/**
 * Tells whether jobs were created since a moment on our clock, from the creation times that Keboola's clock gave them.
 * That clock may be hours behind, which Keboola's answers reveal; the correction never makes a job look older than its
 * stamp. The server is never asked to filter by such a time: it would hide jobs that were stamped before its clock was
 * set right.
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

  /** Whether no relevant job can follow after this page of a list that goes from the newest to the oldest. */
  isPast(page: readonly JobView[]): boolean {
    return goesDown(page) && page.every((view) => this.isOlder(view));
  }
}

/** Whether a list is sorted as requested: every job on the page was created before the one above it. */
export function goesDown(page: readonly JobView[]): boolean {
  return page.length > 0 && page.slice(1).every(({ jobId }, at) => compareJobIds(jobId, page[at]?.jobId ?? '') <= 0);
}

import { describe, expect, it } from 'vitest';
import type { JobView } from '../../../src/job/job-view.js';
import { goesDown, StampedSince } from '../../../src/job/create/stamped-since.js';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.parse('2026-01-01T12:00:00Z');

function jobs(...created: (number | undefined)[]): JobView[] {
  return created.map((atMs, at) => ({
    jobId: String(100 - at),
    runId: '',
    status: 'success',
    component: 'storage',
    ...(atMs !== undefined && { createdTime: new Date(atMs).toISOString() }),
  }));
}

function past(page: JobView[], serverMs?: number, askedAtMs: number | undefined = NOW_MS): boolean {
  const stamped = new StampedSince({ sinceMs: NOW_MS - HOUR_MS, askedAtMs });
  stamped.heard(serverMs === undefined ? undefined : new Date(serverMs).toISOString());
  return stamped.isPast(page);
}

describe('a page of a list of jobs', () => {
  const old = jobs(NOW_MS - 2 * HOUR_MS, NOW_MS - 3 * HOUR_MS);

  it.each<[string, JobView[], boolean]>([
    ['all are older', old, true],
    ['one is young enough', jobs(NOW_MS - 2 * HOUR_MS, NOW_MS), false],
    ['one has no time', jobs(NOW_MS - 2 * HOUR_MS, undefined), false],
    ['none can be read', [], false],
    ['it begins with the oldest', [...old].reverse(), false],
  ])('is the last of use where %s: %j', (_, page, isLast) => {
    expect(past(page)).toBe(isLast);
  });

  it('is not the last by a clock of Keboola that was behind as it was asked, and no other by one that was ahead', () => {
    expect(past(old, NOW_MS - 2 * HOUR_MS)).toBe(false);
    expect(past(old, NOW_MS + 2 * HOUR_MS)).toBe(true);
    expect(past(jobs(NOW_MS - HOUR_MS / 2), NOW_MS + 2 * HOUR_MS)).toBe(false);
  });

  it('goes down where each job is older than the one above it, however long the ids are', () => {
    const page = (...ids: string[]): JobView[] => ids.map((jobId) => ({ ...old[0], jobId }) as JobView);
    expect(goesDown(page('1000', '999', '98'))).toBe(true);
    expect(goesDown(page('999', '1000'))).toBe(false);
  });
});

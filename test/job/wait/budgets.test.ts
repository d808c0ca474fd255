import { describe, expect, it } from 'vitest';
import { deadlineOf, overdue, startSeen } from '../../../src/job/wait/budgets.js';

const queued = { queuedSinceMs: 1_000, queueTimeoutMs: 60_000, runTimeoutMs: 600_000 };

describe('before the start', () => {
  it('the queue timeout counts, from when the job was first wanted', () => {
    expect(deadlineOf(queued)).toEqual({ which: 'queueTimeout', atMs: 61_000, budgetMs: 60_000 });
  });

  it('nothing counts without a queue timeout, however short the run may be', () => {
    expect(deadlineOf({ queuedSinceMs: 1_000, runTimeoutMs: 1 })).toBeUndefined();
  });
});

describe('a job that its author does not want to start yet', () => {
  it('has its queue timeout from when it may start', () => {
    expect(deadlineOf({ ...queued, mayStartAtMs: 500_000 })).toMatchObject({ which: 'queueTimeout', atMs: 560_000 });
  });

  it('has no more of it where that time was over before the job was wanted', () => {
    expect(deadlineOf({ ...queued, mayStartAtMs: 10 })).toEqual(deadlineOf(queued));
  });
});

describe('after the start', () => {
  const running = { ...queued, runningSinceMs: 5_000 };

  it('the run timeout counts alone', () => {
    expect(deadlineOf(running)).toEqual({ which: 'runTimeout', atMs: 605_000, budgetMs: 600_000 });
  });

  it('the time is up at the deadline, not before', () => {
    expect(overdue(running, 604_999)).toBeUndefined();
    expect(overdue(running, 605_000)).toMatchObject({ which: 'runTimeout' });
  });
});

describe('the start', () => {
  const AT = { nowMs: 50_000, notBeforeMs: 10_000 };
  const sighting = { startTime: '2026-01-01T10:00:00Z', serverTime: '2026-01-01T10:00:07Z' };

  it("is as long ago as Keboola's own clock says, whatever ours says", () => {
    expect(startSeen(queued, sighting, AT)).toEqual({ ...queued, runningSinceMs: 43_000 });
  });

  it('is no earlier than the last look that did not show it, however far the clock of Keboola has leapt meanwhile', () => {
    const leapt = { ...sighting, serverTime: '2026-01-01T12:00:07Z' };
    expect(startSeen(queued, leapt, AT).runningSinceMs).toBe(10_000);
  });

  it('is now where Keboola does not tell its time, or tells one before the start', () => {
    const { startTime } = sighting;
    expect(startSeen(queued, { startTime }, AT).runningSinceMs).toBe(50_000);
    expect(startSeen(queued, { startTime, serverTime: '2026-01-01T09:00:00Z' }, AT).runningSinceMs).toBe(50_000);
  });

  it('counts once: a job that starts again does not get its time anew', () => {
    const running = startSeen(queued, sighting, AT);
    expect(startSeen(running, { ...sighting, startTime: '2026-01-01T10:00:06Z' }, { ...AT, nowMs: 90_000 })).toEqual(
      running,
    );
  });

  it('is not seen in a read without a start time', () => {
    expect(startSeen(queued, { serverTime: sighting.serverTime }, AT)).toEqual(queued);
  });
});

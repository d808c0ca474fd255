import { describe, expect, it, test } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import { isWorthIt, relyingAgesMs, type ShownJob } from '../../../src/job/watch/relying.js';
import { COUNTED_MAX } from '../../../src/job/watch/tick.js';

const MINUTE_MS = 60_000;
const NOW_MS = 1_000 * MINUTE_MS;

function shown(ageMs: number, others: Partial<ShownJob> = {}): ShownJob {
  const runId = `${fenceFor('run', 1)}.7`;
  return { workflowType: 'runJob', runId, status: 'processing', startMs: NOW_MS - ageMs, ...others };
}

describe('of the jobs in flight', () => {
  it.each<[string, ShownJob]>([
    ['one that runs', shown(90 * MINUTE_MS)],
    ['one that has just been created, whose run id is not shown yet', shown(9_000, { status: 'created', runId: '' })],
    ['a call of a component', shown(0, { workflowType: 'runAsyncAction' })],
  ])('%s counts', (_, job) => {
    expect(relyingAgesMs([job], NOW_MS)).toEqual([NOW_MS - job.startMs]);
  });

  it.each<[string, ShownJob]>([
    ['one that somebody is attached to', shown(0, { workflowType: 'waitForJob' })],
    ['one of Storage', shown(0, { workflowType: 'importTable' })],
    ['one without a fence', shown(0, { runId: '7' })],
    ['one that waits for its start', shown(MINUTE_MS, { status: 'waiting' })],
    ['one that is being stopped', shown(MINUTE_MS, { status: 'terminating' })],
  ])('%s does not, since nobody relies on being told of its end', (_, job) => {
    expect(relyingAgesMs([job], NOW_MS)).toEqual([]);
  });

  it('one that seems to start in the future is as young as can be', () => {
    expect(relyingAgesMs([shown(-60 * MINUTE_MS)], NOW_MS)).toEqual([0]);
  });

  it('all count where there are more than are looked at, also if some of these rely on it: what goes on beyond is not known', () => {
    const waiting = Array.from({ length: COUNTED_MAX }, () => shown(MINUTE_MS, { status: 'waiting' }));
    expect(relyingAgesMs(waiting, NOW_MS)).toHaveLength(COUNTED_MAX);
    expect(relyingAgesMs(waiting.slice(1), NOW_MS)).toEqual([]);
    const some = [...waiting.slice(3), ...waiting.slice(0, 3).map(() => shown(MINUTE_MS))];
    expect(relyingAgesMs(some, NOW_MS)).toHaveLength(COUNTED_MAX);
    expect(relyingAgesMs(some.slice(1), NOW_MS)).toHaveLength(3);
  });
});

test('a project is worth a list for another minute once it has fewer jobs, and before it had enough it is not', () => {
  expect(isWorthIt(0, MINUTE_MS - 1)).toBe(true);
  expect(isWorthIt(0, MINUTE_MS)).toBe(false);
  expect(isWorthIt(Number.NEGATIVE_INFINITY, 0)).toBe(false);
});

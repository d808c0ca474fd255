import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import type { EndedJob } from '../../../src/job/watch/ended-job.js';
import { isOurOwn } from '../../../src/job/watch/own-row.js';
import {
  isToBeShown,
  newSeen,
  nextLook,
  notShown,
  OVERLAP_MS,
  takeLook,
  withKept,
  type Looked,
  type Seen,
} from '../../../src/job/watch/look.js';

const FENCE = fenceFor('run', 1);
const START_MS = 1_000_000_000;
const MINUTE_MS = 60_000;

function job(id: number, endedMs: number, sent = FENCE): EndedJob {
  return { jobId: String(id), runId: `${sent}.${id}`, endedMs: Math.floor(endedMs / 1_000) * 1_000 };
}

/** A look at a project whose index answers these, at this time of both clocks. */
function look(seen: Seen, jobs: EndedJob[], nowMs: number, isWhole = true): Looked {
  return takeLook(seen, nextLook(seen, nowMs), { jobs, isWhole, serverMs: nowMs }, nowMs);
}

/** A watcher that has made its first look, which is a wide one. */
function begun(jobs: EndedJob[] = []): Seen {
  return look(newSeen(START_MS), jobs, START_MS).seen;
}

test('a job of ours is told once, however often it is shown', () => {
  const ended = [job(1, START_MS)];
  const first = look(begun(), ended, START_MS + 1_000);
  expect(first.fresh.map(({ jobId }) => jobId)).toEqual(['1']);
  expect(look(first.seen, ended, START_MS + 2_000).fresh).toEqual([]);
});

test('a job that ends anew is told again', () => {
  const { seen } = look(begun(), [job(1, START_MS)], START_MS + 1_000);
  expect(look(seen, [job(1, START_MS + 5_000)], START_MS + 6_000).fresh).toHaveLength(1);
});

test('jobs of others are not told', () => {
  expect(look(begun(), [job(1, START_MS, '55'), { ...job(2, START_MS), runId: '2' }], START_MS).fresh).toEqual([]);
});

test('a look asks for what may have come late, and once a minute for what is much later', () => {
  const seen = begun();
  expect(nextLook(seen, START_MS + 59_999)).toEqual({ sinceMs: START_MS - OVERLAP_MS, isWide: false });
  expect(nextLook(seen, START_MS + MINUTE_MS)).toEqual({ sinceMs: START_MS - 10 * MINUTE_MS, isWide: true });
  expect(nextLook(seen, START_MS - MINUTE_MS)).toMatchObject({ isWide: true });
});

test("the next look goes on from Keboola's clock, whatever ours says, and even where it was set back", () => {
  const ours = START_MS + 7 * MINUTE_MS;
  const request = nextLook(begun(), ours);
  const { seen } = takeLook(begun(), request, { jobs: [], isWhole: true, serverMs: START_MS - 5_000 }, ours);
  expect(seen.cursorMs).toBe(START_MS - 5_000);
});

test("an answer without Keboola's clock leaves the next look where this one was", () => {
  const seen = begun();
  const looked = takeLook(seen, nextLook(seen, START_MS + 1_000), { jobs: [], isWhole: true }, START_MS + 1_000);
  expect(looked.seen.cursorMs).toBe(seen.cursorMs);
});

test('a list that no longer shows what it has shown is ill, and the next look asks for the same', () => {
  const { seen } = look(begun(), [job(1, START_MS, '55')], START_MS + 1_000);
  const ill = look(seen, [job(2, START_MS)], START_MS + 9_000);
  expect(ill.verdict).toBe('lacks');
  expect(ill.fresh).toHaveLength(1);
  expect(ill.seen.cursorMs).toBe(seen.cursorMs);
  expect(look(ill.seen, [job(1, START_MS, '55'), job(2, START_MS)], START_MS + 10_000).verdict).toBe('good');
});

test('what is missing for more than a minute is gone, and the looks go on', () => {
  const { seen } = look(begun(), [job(1, START_MS)], START_MS + 1_000);
  const first = look(seen, [], START_MS + 2_000).seen;
  const later = look(first, [], START_MS + 2_000 + MINUTE_MS);
  expect(later.verdict).toBe('lacks');
  expect(later.seen.cursorMs).toBe(START_MS + 2_000 + MINUTE_MS);
  expect(look(later.seen, [], START_MS + 63_000).verdict).toBe('good');
});

test('what is missing is gone after that minute also where a long look shows only a part of very much', () => {
  let { seen } = look(begun(), [job(1, START_MS)], START_MS + 1_000);
  const cursorMs: number[] = [];
  for (let nowMs = START_MS + 2_000; nowMs <= START_MS + 2_000 + MINUTE_MS; nowMs += 1_000) {
    ({ seen } = look(seen, [job(2, START_MS)], nowMs, !nextLook(seen, nowMs).isWide));
    cursorMs.push(seen.cursorMs);
  }
  expect(new Set(cursorMs.slice(0, -1))).toEqual(new Set([START_MS + 1_000]));
  expect(cursorMs.at(-1)).toBe(START_MS + 2_000 + MINUTE_MS);
  expect(nextLook(seen, START_MS + 63_000)).toMatchObject({ isWide: false });
});

test('what a long look lacks is asked for again, also where a short one would find nothing wrong', () => {
  const { seen } = look(begun(), [job(1, START_MS)], START_MS + 1_000);
  const ill = look(look(seen, [job(1, START_MS)], START_MS + 20_000).seen, [], START_MS + MINUTE_MS);
  expect(ill.verdict).toBe('lacks');
  expect(look(ill.seen, [], START_MS + 61_000).verdict).toBe('lacks');
  const well = look(ill.seen, [job(1, START_MS)], START_MS + 61_000);
  expect(well.verdict).toBe('good');
  expect(nextLook(well.seen, START_MS + 62_000)).toMatchObject({ isWide: false });
});

test('what lies before the moment that was asked for is not missing', () => {
  const { seen } = look(begun(), [job(1, START_MS)], START_MS + 1_000);
  const later = look(seen, [job(1, START_MS)], START_MS + 20_000).seen;
  expect(look(later, [], START_MS + 21_000).verdict).toBe('good');
});

test('a list that is cut off is told, unless very much was asked for', () => {
  const wide = look(newSeen(START_MS), [], START_MS, false);
  expect(wide.verdict).toBe('partial');
  const narrow = look(wide.seen, [job(1, START_MS)], START_MS + 1_000, false);
  expect(narrow.verdict).toBe('cut');
  expect(narrow.fresh).toHaveLength(1);
  expect(narrow.seen.cursorMs).toBe(START_MS + 1_000);
});

test('of a hundred thousand ends five thousand are remembered, the latest ones', () => {
  const many = Array.from({ length: 100_000 }, (_, at) => job(at, START_MS + at));
  const { seen } = look(begun(), many, START_MS + 100_000);
  expect(seen.shown.size).toBe(5_000);
  expect(seen.shown.has('99999')).toBe(true);
  expect(seen.shown.has('0')).toBe(false);
});

test('what was not asked for is told anew when it is shown once more, and until then proves nothing', () => {
  const jobs = Array.from({ length: 1_500 }, (_, at) => job(at, START_MS - at * 100));
  const first = look(newSeen(START_MS), jobs, START_MS);
  expect(first.fresh).toHaveLength(1_500);
  const dropped = jobs.slice(1_000).map(({ jobId }) => jobId);
  const seen = notShown(first.seen, dropped);
  const again = look(seen, jobs, START_MS + MINUTE_MS);
  expect(again.verdict).toBe('good');
  expect(again.fresh.map(({ jobId }) => jobId)).toEqual(dropped);
  expect(isToBeShown(seen, jobs[1_000]!)).toBe(false);
  expect(isToBeShown(seen, jobs[0]!)).toBe(true);
});

test('an end is to be shown that lies within the ten minutes before the last look, and no older one', () => {
  const seen = look(begun(), [], START_MS + 5 * MINUTE_MS).seen;
  expect(isToBeShown(seen, { jobId: '1', endedMs: START_MS - 5 * MINUTE_MS })).toBe(true);
  expect(isToBeShown(seen, { jobId: '1', endedMs: START_MS - 5 * MINUTE_MS - 1 })).toBe(false);
});

test('an end need not be shown that is older than what the first whole look has asked for', () => {
  const partly = look(newSeen(START_MS), [], START_MS, false).seen;
  expect(isToBeShown(partly, { jobId: '1', endedMs: START_MS })).toBe(false);
  const { seen } = look(partly, [], START_MS + 1_000);
  expect(isToBeShown(seen, { jobId: '1', endedMs: START_MS - OVERLAP_MS })).toBe(true);
  expect(isToBeShown(seen, { jobId: '1', endedMs: START_MS - OVERLAP_MS - 1 })).toBe(false);
});

test('after a list that was cut off an end need not be shown that is older than the next look has asked for', () => {
  const cut = look(begun(), [], START_MS + 20_000, false).seen;
  expect(isToBeShown(cut, { jobId: '1', endedMs: START_MS + 19_000 })).toBe(false);
  const { seen } = look(cut, [], START_MS + 21_000);
  expect(isToBeShown(seen, { jobId: '1', endedMs: START_MS + 5_000 })).toBe(true);
  expect(isToBeShown(seen, { jobId: '1', endedMs: START_MS + 4_999 })).toBe(false);
});

test('of a job that may be read by its id it is remembered that its end was shown, however old that is', () => {
  const before = withKept(begun(), ['1', '2']);
  const many = Array.from({ length: 6_000 }, (_, at) => job(10 + at, START_MS + 2_000 + at));
  const all = [job(1, START_MS + 1_000), ...many];
  const shown = look(look(before, all, START_MS + 10_000).seen, all, START_MS + 11 * MINUTE_MS).seen;
  const { seen } = look(shown, [], START_MS + 12 * MINUTE_MS);
  expect([...seen.shown.keys()]).toEqual(['1']);
  // Its list has left out the other one.
  expect(isToBeShown(seen, job(2, START_MS + 1_000))).toBe(true);
  expect(isToBeShown(seen, job(3, START_MS + 1_000))).toBe(false);
  expect(withKept(seen, ['4']).kept.size).toBe(1);
  expect(look(withKept(seen, ['4']), [], START_MS + 13 * MINUTE_MS).seen.shown.size).toBe(0);
});

test('an end need not be shown that may be forgotten: before its job was among those that are read, or one of too many', () => {
  const many = Array.from({ length: 6_000 }, (_, at) => job(10 + at, START_MS + 1_000 + 10 * at));
  const crowded = withKept(look(begun(), many, START_MS + 70_000).seen, ['10']);
  expect(crowded.shown.has('10')).toBe(false);
  expect(isToBeShown(crowded, many[0]!)).toBe(false);
  expect(isToBeShown(crowded, job(10, START_MS + 65_000))).toBe(true);
  const late = withKept(look(begun(), [], START_MS + 40 * MINUTE_MS).seen, ['1']);
  expect(isToBeShown(late, job(1, START_MS + 20 * MINUTE_MS))).toBe(false);
  expect(isToBeShown(late, job(1, START_MS + 35 * MINUTE_MS))).toBe(true);
});

test('no end is missed and none told twice, while the index lags less than the overlap and any worker takes over', () => {
  const ends = fc.array(
    fc.record({ afterMs: fc.nat(300_000), lagMs: fc.nat(OVERLAP_MS - 2_000), isOurs: fc.boolean() }),
    { maxLength: 40 },
  );
  const pauses = fc.array(fc.integer({ min: 1_000, max: 25_000 }), { minLength: 20, maxLength: 60 });
  fc.assert(
    fc.property(ends, pauses, fc.integer({ min: -3_600_000, max: 3_600_000 }), (planned, pauseMs, skewMs) => {
      const jobs = planned.map(({ afterMs, isOurs }, at) => job(at, START_MS + afterMs, isOurs ? FENCE : '55'));
      const told: string[] = [];
      let seen = newSeen(START_MS);
      let nowMs = START_MS;
      for (const pause of [...pauseMs, 400_000]) {
        nowMs += pause;
        const request = nextLook(seen, nowMs + skewMs);
        const shown = jobs.filter(
          ({ endedMs }, at) =>
            endedMs >= Math.floor(request.sinceMs / 1_000) * 1_000 &&
            START_MS + planned[at]!.afterMs + planned[at]!.lagMs <= nowMs,
        );
        const looked = takeLook(seen, request, { jobs: shown, isWhole: true, serverMs: nowMs }, nowMs + skewMs);
        expect(looked.verdict).toBe('good');
        told.push(...looked.fresh.map(({ jobId }) => jobId));
        // Each that the index shows by now, and not only once a minute.
        const due = jobs.filter((_, at) => START_MS + planned[at]!.afterMs + planned[at]!.lagMs <= nowMs);
        expect(told).toEqual(
          expect.arrayContaining(due.flatMap(({ jobId, runId }) => (isOurOwn(runId) ? [jobId] : []))),
        );
        seen = looked.seen;
      }
      expect(told.sort()).toEqual(jobs.flatMap(({ jobId }, at) => (planned[at]!.isOurs ? [jobId] : [])).sort());
    }),
  );
});

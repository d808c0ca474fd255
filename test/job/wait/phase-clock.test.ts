import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockAfterRead, phaseAgeMs, startPhaseClock, type PhaseClock } from '../../../src/job/wait/phase-clock.js';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
const SECOND_MS = 1_000;

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

const statusesSeen = fc.array(
  fc.record({
    status: fc.constantFrom('created', 'waiting', 'processing', 'terminating', 'success', 'sleeping'),
    afterMs: fc.integer({ min: 0, max: 3_600 * SECOND_MS }),
    startTime: fc.oneof(
      fc.constant(undefined),
      fc.constant('nonsense'),
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
    ),
    serverTime: fc.oneof(
      fc.constant(undefined),
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
    ),
  }),
  { minLength: 1, maxLength: 20 },
);

test('a phase began between the last look that did not show it and the one that did, whatever Keboola claims', () => {
  fc.assert(
    fc.property(statusesSeen, (all) => {
      let nowMs = START_MS;
      let clock: PhaseClock = startPhaseClock(nowMs);
      for (const { afterMs, ...sighting } of all) {
        const before = clock;
        nowMs += afterMs;
        clock = clockAfterRead(before, sighting, nowMs);
        expect(clock.startedAtMs).toBeLessThanOrEqual(nowMs);
        if (clock.phase === before.phase) expect(clock.startedAtMs).toBe(before.startedAtMs);
        else expect(phaseAgeMs(clock, nowMs)).toBeLessThanOrEqual(nowMs - before.lastLookMs);
      }
    }),
  );
});

test('a job that is seen running is as old as Keboola says, when that fits between two looks', () => {
  const clock = startPhaseClock(START_MS);
  const nowMs = START_MS + 30 * SECOND_MS;
  const seen = clockAfterRead(
    clock,
    { status: 'processing', startTime: iso(nowMs - 12_000), serverTime: iso(nowMs) },
    nowMs,
  );
  expect(phaseAgeMs(seen, nowMs)).toBe(12_000);
});

test('a clock over there that is hours off moves nothing, since only its own differences count', () => {
  const clock = startPhaseClock(START_MS);
  const nowMs = START_MS + 30 * SECOND_MS;
  const theirsMs = nowMs + 5 * 3_600_000;
  const sighting = { status: 'processing', startTime: iso(theirsMs - 12_000), serverTime: iso(theirsMs) };
  expect(phaseAgeMs(clockAfterRead(clock, sighting, nowMs), nowMs)).toBe(12_000);
});

test('a clock over there that runs sixty times faster is held to our own interval', () => {
  const clock = startPhaseClock(START_MS);
  const nowMs = START_MS + 2 * SECOND_MS;
  const theirsMs = START_MS + 120 * SECOND_MS;
  const sighting = { status: 'processing', startTime: iso(START_MS + 12_000), serverTime: iso(theirsMs) };
  expect(phaseAgeMs(clockAfterRead(clock, sighting, nowMs), nowMs)).toBe(2 * SECOND_MS);
});

test('without a start or without their clock a phase begins when it is seen', () => {
  const clock = startPhaseClock(START_MS);
  const nowMs = START_MS + 30 * SECOND_MS;
  const startTime = iso(START_MS);
  expect(phaseAgeMs(clockAfterRead(clock, { status: 'processing', startTime }, nowMs), nowMs)).toBe(0);
  expect(phaseAgeMs(clockAfterRead(clock, { status: 'processing', serverTime: iso(nowMs) }, nowMs), nowMs)).toBe(0);
});

test('a start in the future of their own clock counts as now', () => {
  const clock = startPhaseClock(START_MS);
  const nowMs = START_MS + 30 * SECOND_MS;
  const sighting = { status: 'processing', startTime: iso(nowMs + 60_000), serverTime: iso(nowMs) };
  expect(phaseAgeMs(clockAfterRead(clock, sighting, nowMs), nowMs)).toBe(0);
});

test('a job that waits again starts its wait anew, and so does its next run', () => {
  const at = (seconds: number): number => START_MS + seconds * SECOND_MS;
  const running = clockAfterRead(startPhaseClock(at(0)), { status: 'processing' }, at(10));
  const bounced = clockAfterRead(running, { status: 'waiting' }, at(40));
  const again = clockAfterRead(bounced, { status: 'processing' }, at(50));
  expect([running, bounced, again].map(({ phase }) => phase)).toEqual(['processing', 'waiting', 'processing']);
  expect(phaseAgeMs(bounced, at(45))).toBe(5 * SECOND_MS);
  expect(phaseAgeMs(again, at(51))).toBe(SECOND_MS);
});

test('an unknown or a final status leaves the phase alone', () => {
  const running = clockAfterRead(startPhaseClock(START_MS), { status: 'processing' }, START_MS + 1_000);
  for (const status of ['sleeping', 'success', '']) {
    expect(clockAfterRead(running, { status }, START_MS + 9_000)).toEqual({ ...running, lastLookMs: START_MS + 9_000 });
  }
});

test('created counts as waiting', () => {
  expect(
    clockAfterRead({ ...startPhaseClock(START_MS), phase: 'processing' }, { status: 'created' }, START_MS).phase,
  ).toBe('waiting');
});

test('our own clock set back gives an age of zero, never less', () => {
  const clock = startPhaseClock(START_MS);
  expect(phaseAgeMs(clock, START_MS - 5_000)).toBe(0);
  const seen = clockAfterRead(clock, { status: 'processing' }, START_MS - 5_000);
  expect(phaseAgeMs(seen, START_MS - 5_000)).toBe(0);
});

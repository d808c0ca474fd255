import { expect, it } from 'vitest';
import type { CreatedJob } from '../../../src/job/create/creation.js';
import type { JobView } from '../../../src/job/job-view.js';
import { finality } from '../../../src/job/wait/status.js';
import { NO_DOUBTS, verdictOn, type Doubts, type Verdict } from '../../../src/job/wait/verdict.js';
import type { WaitReason } from '../../../src/job/wait/wait-reason.js';

const NOW_MS = 15 * 60_000;
const CREATED: CreatedJob = { jobId: '1', status: 'waiting', url: 'http://localhost/1' };
const FOUND: CreatedJob = { ...CREATED, found: true };
const NOTHING: WaitReason = { kind: 'nothing' };
const LOCK: WaitReason = { kind: 'lock', jobId: '2' };
const GHOSTLY: Doubts = { seemsGhost: true };

interface Case {
  status: string;
  isFinished?: boolean;
  /** By default a minute of it is left. */
  queueTimeoutMs?: number;
  runningSinceMs?: number;
  created?: CreatedJob;
  waitingSinceMs?: number;
  waitsFor?: WaitReason;
  before?: Doubts;
}

function verdict({ status, isFinished, before = NO_DOUBTS, ...given }: Case): Verdict {
  const { created = FOUND, waitingSinceMs = 0, waitsFor, runningSinceMs } = given;
  const queueTimeoutMs = given.queueTimeoutMs ?? NOW_MS + 60_000;
  const known = {
    created,
    budgets: { queuedSinceMs: 0, queueTimeoutMs, ...(runningSinceMs !== undefined && { runningSinceMs }) },
    clock: { phase: 'waiting' as const, startedAtMs: waitingSinceMs, lastLookMs: 0 },
  };
  const view = { ...viewOf(status), ...(isFinished !== undefined && { isFinished }) };
  return verdictOn(known, { view, ...(waitsFor && { waitsFor }) }, finality(status, isFinished), before, NOW_MS);
}

function viewOf(status: string): JobView {
  return { jobId: '1', runId: '1', status, component: 'ex-db' };
}

const on = (doubts: Doubts): Verdict => ({ kind: 'on', doubts });

it.each<[string, Case, Partial<Verdict>]>([
  ['a job that runs is waited for', { status: 'processing' }, on(NO_DOUBTS)],
  [
    'a final status is the end',
    { status: 'success', isFinished: true },
    { kind: 'over', view: expect.anything() as JobView },
  ],
  ['an end counts although the time is up, too', { status: 'success', queueTimeoutMs: 1 }, { kind: 'over' }],
  ['a limit that is over ends it', { status: 'waiting', queueTimeoutMs: NOW_MS }, { kind: 'out-of-time' }],
  [
    'a limit counts before a ghost',
    { status: 'waiting', queueTimeoutMs: 1, waitsFor: NOTHING, before: GHOSTLY },
    { kind: 'out-of-time' },
  ],
  ['what seems to be a ghost is looked at again', { status: 'waiting', waitsFor: NOTHING }, on(GHOSTLY)],
  [
    'a ghost is one when it seems so twice',
    { status: 'waiting', waitsFor: NOTHING, before: GHOSTLY },
    { kind: 'ghost' },
  ],
  ['what holds a job in between makes it none', { status: 'waiting', waitsFor: LOCK, before: GHOSTLY }, on(NO_DOUBTS)],
  ['a read without reasons leaves the doubt', { status: 'waiting', before: GHOSTLY }, on(GHOSTLY)],
  [
    'a job that waits for less than a quarter of an hour is no ghost',
    { status: 'waiting', waitsFor: NOTHING, waitingSinceMs: 1 },
    on(NO_DOUBTS),
  ],
  ['a job that has run is no ghost', { status: 'waiting', waitsFor: NOTHING, runningSinceMs: 1 }, on(NO_DOUBTS)],
  [
    'a job whose creation was answered is no ghost',
    { status: 'waiting', waitsFor: NOTHING, created: CREATED },
    on(NO_DOUBTS),
  ],
  ['an unknown end is read again', { status: 'odd', isFinished: true }, on({ status: 'odd', seemsGhost: false })],
  [
    'an unknown end is believed when it is read twice',
    { status: 'odd', isFinished: true, before: { status: 'odd', seemsGhost: false } },
    { kind: 'unknown-status' },
  ],
  [
    'another unknown end is read again',
    { status: 'odder', isFinished: true, before: { status: 'odd', seemsGhost: true } },
    on({ status: 'odder', seemsGhost: true }),
  ],
  [
    'a known status in between takes the doubt away',
    { status: 'processing', before: { status: 'odd', seemsGhost: false } },
    on(NO_DOUBTS),
  ],
  [
    'an unknown status that is no end is waited for',
    { status: 'odd', isFinished: false, before: { status: 'odd', seemsGhost: false } },
    on(NO_DOUBTS),
  ],
  [
    'a ghost counts before an unknown end',
    { status: 'odd', isFinished: true, waitsFor: NOTHING, before: { status: 'odd', seemsGhost: true } },
    { kind: 'ghost' },
  ],
])('what a read means: %s', (_name, given, expected) => {
  expect(verdict(given)).toMatchObject(expected);
  if (expected.kind === 'on') expect(verdict(given)).toEqual(expected);
});

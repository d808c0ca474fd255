import type { LifeState } from '../life-state.js';
import type { JobSnapshot } from '../messages.js';
import type { JobReading } from '../remote-steps.js';
import { knownRunId } from '../run-id.js';
import { startSeen } from '../wait/budgets.js';
import { clockAfterRead } from '../wait/phase-clock.js';
import { finality, type Finality } from '../wait/status.js';
import { silenceIsOver } from './silence.js';
import type { Writable } from './writable.js';

const STATUSES_SEEN_MAX = 20;
const RUN_IDS_MAX = 20;

/** Takes in what a read showed, and says whether it was the last one. */
export function takeReading(
  state: Writable<LifeState>,
  { view, serverTime, watched, history }: Extract<JobReading, { kind: 'read' }>,
  nowMs: number,
): Finality {
  const snapshot: Writable<JobSnapshot> = state.snapshot;
  silenceIsOver(state);
  if (history) state.history = history;
  takeWatched(state, watched);
  const start = { startTime: view.startTime, serverTime };
  state.budgets = startSeen(state.budgets, start, { nowMs, notBeforeMs: state.clock.lastLookMs });
  state.clock = clockAfterRead(state.clock, { status: view.status, ...start }, nowMs);
  if (view.status !== snapshot.job?.status) addStatusSeen(state, view.status, nowMs);
  addRunId(state, knownRunId(view.runId));
  snapshot.job = view;
  state.readAtMs = nowMs;
  return finality(view.status, view.isFinished);
}

/** Takes in whether an answer says that a watcher will report the end. */
export function takeWatched(state: Writable<LifeState>, watched: true | undefined): void {
  if (watched) state.watched = true;
  else delete state.watched;
}

/** Keeps a status that is new. If there are too many, the first one and the latest ones stay. */
export function addStatusSeen(state: Writable<LifeState>, status: string, nowMs: number): void {
  const seen = [...state.statusesSeen, { status, time: new Date(nowMs).toISOString() }];
  state.statusesSeen = seen.length > STATUSES_SEEN_MAX ? seen.toSpliced(1, 1) : seen;
}

/** Keeps a run id that the job was seen with: its children may lie below any of them. */
export function addRunId(state: Writable<LifeState>, runId: string | undefined): void {
  const { runIds } = state;
  if (runId === undefined || runIds.includes(runId) || runIds.length >= RUN_IDS_MAX) return;
  state.runIds = [...runIds, runId];
}

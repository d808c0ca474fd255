import type { LifeState } from '../life-state.js';
import type { RunPlan } from '../run-plan.js';
import type { StorageProgress } from '../storage/calls.js';
import { withTimeouts, type Timeouts } from '../wait/timeouts.js';
import type { JobSnapshot } from '../messages.js';
import type { Writable } from './writable.js';

/** Takes in the plan, and the limits that were changed before there was one. */
export function takePlan(
  state: Writable<LifeState>,
  plan: RunPlan,
  { nowMs, changed }: { nowMs: number; changed: Timeouts },
): void {
  const { mayStartAtMs, queueTimeoutMs, runTimeoutMs } = plan;
  const snapshot: Writable<JobSnapshot> = state.snapshot;
  state.plan = plan;
  snapshot.connection = plan.connection;
  state.budgets = {
    queuedSinceMs: nowMs,
    ...(mayStartAtMs !== undefined && { mayStartAtMs }),
    ...(queueTimeoutMs !== undefined && { queueTimeoutMs }),
    ...(runTimeoutMs !== undefined && { runTimeoutMs }),
  };
  changeTimeouts(state, changed);
}

/** Somebody has changed how long the job may wait and run. */
export function changeTimeouts(state: Writable<LifeState>, changed: Timeouts): void {
  state.budgets = withTimeouts(state.budgets, changed);
}

/** A warning for the author came up only after the plan was made. */
export function addWarning(state: Writable<LifeState>, plan: RunPlan, warning: string): void {
  state.plan = { ...plan, warnings: [...(plan.warnings ?? []), warning] };
}

/** Keeps what is known by now of a Storage call that has to be prepared. */
export function keepProgress(state: Writable<LifeState>, progress: StorageProgress): void {
  state.storage = progress;
}

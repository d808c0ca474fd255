/**
 * How long a job may wait for its start and how long it may run.
 *
 * The wait counts from the moment the workflow set out to create the job, so that "cannot start by T" also covers the
 * time in which the project was full. The time for which the author keeps the job from starting does not count. The run
 * counts from the first start that was seen, by Keboola's clock; a job that is bounced and starts again does not get
 * its time anew.
 */
export interface Budgets {
  queueTimeoutMs?: number;
  runTimeoutMs?: number;
  /** Our clock, epoch milliseconds. */
  queuedSinceMs: number;
  /** The author wants no start before this time, epoch milliseconds; absent if the job may start at once. */
  mayStartAtMs?: number;
  /** When the job started, on our clock; absent until a start was seen. */
  runningSinceMs?: number;
}

export type Timeout = 'queueTimeout' | 'runTimeout';

/** What one read shows of the start; both times by Keboola's clock, ISO 8601. */
export interface StartSeen {
  startTime?: string | undefined;
  serverTime?: string | undefined;
}

/**
 * Takes in a read. The age of the run is Keboola's and the moment is ours, so two clocks are never compared. The age is
 * believed only back to the last moment at which the job was known not to have started: Keboola's clock may have been
 * set between its two times.
 *
 * @param look when the read was made, and the last moment at which the job had not started or was not known; epoch
 *   milliseconds by our clock.
 */
export function startSeen(
  budgets: Budgets,
  { startTime, serverTime }: StartSeen,
  { nowMs, notBeforeMs }: { nowMs: number; notBeforeMs: number },
): Budgets {
  if (startTime === undefined || budgets.runningSinceMs !== undefined) return budgets;
  const ageMs = Date.parse(serverTime ?? '') - Date.parse(startTime);
  const claimedMs = Number.isFinite(ageMs) && ageMs > 0 ? nowMs - ageMs : nowMs;
  return { ...budgets, runningSinceMs: Math.max(notBeforeMs, claimedMs) };
}

export interface Deadline {
  which: Timeout;
  /** Our clock, epoch milliseconds. */
  atMs: number;
  budgetMs: number;
}

/** The moment at which to stop the job, if there is one. */
export function deadlineOf(budgets: Budgets): Deadline | undefined {
  const { queueTimeoutMs, runTimeoutMs, queuedSinceMs, mayStartAtMs = queuedSinceMs, runningSinceMs } = budgets;
  if (runningSinceMs !== undefined) {
    if (runTimeoutMs === undefined) return undefined;
    return { which: 'runTimeout', atMs: runningSinceMs + runTimeoutMs, budgetMs: runTimeoutMs };
  }
  if (queueTimeoutMs === undefined) return undefined;
  const atMs = Math.max(queuedSinceMs, mayStartAtMs) + queueTimeoutMs;
  return { which: 'queueTimeout', atMs, budgetMs: queueTimeoutMs };
}

/** The deadline that has passed, if one has. */
export function overdue(budgets: Budgets, nowMs: number): Deadline | undefined {
  const deadline = deadlineOf(budgets);
  return deadline && nowMs >= deadline.atMs ? deadline : undefined;
}

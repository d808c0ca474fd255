/** Heartbeat timeout: Temporal gives up an activity this long after its last heartbeat, to notice a lost worker. */
export const LOST_AFTER_MS = 10_000;

/** How often an activity sends a heartbeat. Most activities finish sooner and never send one. */
export const BEAT_MS = 3_000;

/**
 * How often a worker passes heartbeats on. By default the SDK does so only every 8 s, so a process that stalls for
 * little more than two seconds would lose its activities.
 */
export const PASSED_ON_MS = 5_000;

/**
 * How long an activity may take before its first heartbeat, if its heartbeats say more than that it is alive. Less than
 * `LOST_AFTER_MS`.
 */
export const SILENT_MS_MAX = 8_000;

/**
 * How long the latest heartbeat of a watcher is believed. Other workers check it every 5 s, and it reaches Temporal
 * every 5 s, or every 8 s if a worker is configured so.
 */
export const BELIEVED_MS = 20_000;

/** An activity is given up so long after the last heartbeat that Temporal has heard: so soon a lost worker is noticed. */
export const LOST_AFTER_MS = 10_000;

/** How often an activity tells that it is worked on. Longer than most activities take: those tell nothing. */
export const BEAT_MS = 3_000;

/**
 * How often a worker passes that on. By itself the SDK does so only every 8 s, so that a process that stands still for a bit
 * more than two would lose its activities.
 */
export const PASSED_ON_MS = 5_000;

/** How long an activity may take for what comes before its first heartbeat, where that one says more than that it lives. */
export const SILENT_MS_MAX = 8_000;

/**
 * How long the latest heartbeat of a watcher is believed, which other workers look at every five seconds: it comes through as
 * often, and every eight seconds where a worker is set up so.
 */
export const BELIEVED_MS = 20_000;

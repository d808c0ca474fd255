import { nextDelayMs, STEP_MS_MIN } from '../wait/poll-schedule.js';

/** With this many jobs the tick is the shortest one, however old they are, so nobody needs to count more. */
export const COUNTED_MAX = 60;

/** An unproved list reports to nobody yet, so it is enough to look often enough to see an end in time. */
export const PROOF_MS = 10_000;

/**
 * How often to look at a project: as often as all its jobs together would be read one by one, but at most once a
 * second. So a look never costs Keboola more than it saves; the end of a single job is seen as soon as the job's own
 * reads would see it; and the ends of many are seen within a second, even if the jobs are hours old.
 *
 * @param agesMs the ages of the youngest jobs that may rely on the watcher, {@link COUNTED_MAX} at most.
 * @param isProven whether anybody may rely on the watcher yet.
 * @returns undefined if there are no such jobs, and nothing to look for.
 */
export function tickMs(agesMs: readonly number[], isProven = true): number | undefined {
  if (agesMs.length === 0) return undefined;
  const readsPerMs = agesMs.reduce((sum, ageMs) => sum + 1 / stepMs(ageMs), 0);
  return Math.max(isProven ? STEP_MS_MIN : PROOF_MS, Math.round(1 / readsPerMs));
}

function stepMs(ageMs: number): number {
  return nextDelayMs({ phase: 'processing', ageMs, random: () => 0.5 });
}

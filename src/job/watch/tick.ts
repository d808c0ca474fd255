import { nextDelayMs, STEP_MS_MIN } from '../wait/poll-schedule.js';

/** With so many jobs the tick is the shortest one, however old they are: whoever counts them needs no more. */
export const COUNTED_MAX = 60;

/**
 * How often to look at a project: as often as its jobs would be read one by one, all of them together, and once a second at
 * most. So a look never costs Keboola more than it saves, one job alone is seen as soon as it would be by itself, and many
 * are seen within a second, be they hours old.
 *
 * @param agesMs how long the youngest jobs in flight have been there, {@link COUNTED_MAX} at most.
 * @returns undefined where there is none: nothing is to be looked for.
 */
export function tickMs(agesMs: readonly number[]): number | undefined {
  if (agesMs.length === 0) return undefined;
  const readsPerMs = agesMs.reduce((sum, ageMs) => sum + 1 / stepMs(ageMs), 0);
  return Math.max(STEP_MS_MIN, Math.round(1 / readsPerMs));
}

function stepMs(ageMs: number): number {
  return nextDelayMs({ phase: 'processing', ageMs, random: () => 0.5 });
}

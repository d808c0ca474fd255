import { nextDelayMs, STEP_MS_MIN } from '../wait/poll-schedule.js';

/** With so many jobs the tick is the shortest one, however old they are: whoever counts them needs no more. */
export const COUNTED_MAX = 60;

/** A list that has proved nothing yet tells nobody anything: it is enough that an end would still be shown in time. */
export const PROOF_MS = 10_000;

/**
 * How often to look at a project: as often as its jobs would be read one by one, all of them together, and once a second at
 * most. So a look never costs Keboola more than it saves, one job alone is seen as soon as it would be by itself, and many
 * are seen within a second, be they hours old.
 *
 * @param agesMs how long the youngest jobs that may rely on it have been there, {@link COUNTED_MAX} at most.
 * @param isProven whether anybody may rely on it already.
 * @returns undefined where there is none: nothing is to be looked for.
 */
export function tickMs(agesMs: readonly number[], isProven = true): number | undefined {
  if (agesMs.length === 0) return undefined;
  const readsPerMs = agesMs.reduce((sum, ageMs) => sum + 1 / stepMs(ageMs), 0);
  return Math.max(isProven ? STEP_MS_MIN : PROOF_MS, Math.round(1 / readsPerMs));
}

function stepMs(ageMs: number): number {
  return nextDelayMs({ phase: 'processing', ageMs, random: () => 0.5 });
}

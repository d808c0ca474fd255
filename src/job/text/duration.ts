/** Milliseconds, or text such as `"90s"`, `"2h"` and `"1d"`. */
export type Duration = number | string;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION_MS_MAX = 365 * 86_400_000;
const TEXT = /^(\d{1,12}(?:\.\d{1,6})?) ?(ms|s|m|h|d)$/;

/** What to tell the author of an invalid duration. */
export const DURATION_EXPECTED =
  'not a duration between 1 ms and 365 days; ' +
  'expected a number of milliseconds, or text such as "90s", "30m", "2h" or "1d"';

/**
 * Reads a duration as whole milliseconds. Text needs a unit, so that nobody mistakes seconds for milliseconds.
 *
 * @returns undefined if it is no duration, shorter than a millisecond, or longer than 365 days.
 */
export function durationMs(given: unknown): number | undefined {
  const exactMs = typeof given === 'string' ? ofText(given) : given;
  if (typeof exactMs !== 'number' || !Number.isFinite(exactMs)) return undefined;
  const wholeMs = Math.round(exactMs);
  return wholeMs >= 1 && wholeMs <= DURATION_MS_MAX ? wholeMs : undefined;
}

function ofText(text: string): number | undefined {
  const [, amount, unit = ''] = TEXT.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === undefined ? undefined : Number(amount) * unitMs;
}

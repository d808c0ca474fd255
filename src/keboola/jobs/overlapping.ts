const SHARE = 5;

/**
 * How far behind a page of a list of unfinished jobs the next one begins. The list loses rows while it is read, those that end,
 * so without an overlap it would be passed over what moves up.
 */
export function overlapping(limit: number): number {
  return limit - Math.min(limit - 1, Math.ceil(limit / SHARE));
}

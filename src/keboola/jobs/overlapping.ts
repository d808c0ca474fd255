const SHARE = 5;

/**
 * The offset from one page of unfinished jobs to the next. Jobs that end while we read leave the list, so without an
 * overlap we would miss the rows that move up.
 */
export function overlapping(limit: number): number {
  return limit - Math.min(limit - 1, Math.ceil(limit / SHARE));
}

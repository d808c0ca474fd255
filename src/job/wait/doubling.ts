/** Doubles with each try, from the least to the most, however many tries there are. */
export function doublingMs(tries: number, leastMs: number, mostMs: number): number {
  return Math.min(mostMs, leastMs * 2 ** tries);
}

/** By a clock that nobody can set. @returns the milliseconds since this call. */
export function stopwatch(): () => number {
  const startedMs = performance.now();
  return () => Math.round(performance.now() - startedMs);
}

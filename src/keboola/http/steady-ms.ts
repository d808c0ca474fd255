/** Milliseconds since the process started, by a monotonic clock: pauses and caches are measured with it. */
export function steadyMs(): number {
  return performance.now();
}

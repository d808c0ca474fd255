/** Milliseconds since the process began, by a clock that nobody can set: pauses and caches are measured by it. */
export function steadyMs(): number {
  return performance.now();
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once, as people expect of Ctrl-C. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

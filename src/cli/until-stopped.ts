import { EXIT } from './exit-codes.js';

/**
 * Resolves at the first SIGINT or SIGTERM, with the exit code of a command that was cut short by it; a second one ends
 * the process at once, as people expect of Ctrl-C.
 */
export function untilStopped(): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(EXIT.interrupted));
    process.once('SIGTERM', () => resolve(EXIT.terminated));
  });
}

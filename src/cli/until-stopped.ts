import { EXIT } from './exit/exit-codes.js';

/**
 * Resolves at the first SIGINT or SIGTERM, with the exit code of a command that was cut short by it; a second one, of
 * either kind, ends the process at once, as people expect of Ctrl-C.
 */
export function untilStopped(): Promise<number> {
  return new Promise((resolve) => {
    const stop = (code: number) => () => {
      // Without a listener Node leaves a signal to the system, which ends the process.
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      resolve(code);
    };
    const onInterrupt = stop(EXIT.interrupted);
    const onTerminate = stop(EXIT.terminated);
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  });
}

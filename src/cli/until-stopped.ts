import { EXIT } from './exit/exit-codes.js';
import { onHangUp } from './signals.js';

/**
 * Resolves at the first SIGINT or SIGTERM, or when the terminal closes, with the exit code of a command that was cut short
 * by it; SIGINT or SIGTERM after that ends the process at once, as people expect of Ctrl-C. A terminal that closes never
 * does: hence not by `onLeaving`, which would give SIGHUP back with the others, so that a terminal that closes after Ctrl-C
 * would cut off the end of the command.
 */
export function untilStopped(): Promise<number> {
  return new Promise((resolve) => {
    const stop = (code: number): void => {
      // Without a listener Node leaves a signal to the system, which ends the process whatever it does just then.
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      resolve(code);
    };
    const onInterrupt = (): void => stop(EXIT.interrupted);
    const onTerminate = (): void => stop(EXIT.terminated);
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
    onHangUp(stop);
  });
}

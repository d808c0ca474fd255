import { EXIT } from './exit/exit-codes.js';
import { onHangUp } from './signals.js';

let isStopped = false;

/** Whether somebody has stopped this command. */
export const wasStopped = (): boolean => isStopped;

/**
 * Resolves at the first SIGINT or SIGTERM, or when the terminal closes, with the exit code of a command that was cut
 * short by it. A later SIGINT or SIGTERM ends the process at once, as people expect of Ctrl-C; a closing terminal never
 * does. `onLeaving` would not do here: it stops listening to SIGHUP, too, so that closing the terminal after Ctrl-C
 * would cut off the end of the command.
 */
export function untilStopped(): Promise<number> {
  return new Promise((resolve) => {
    const stop = (code: number): void => {
      // Without a listener, Node leaves the signal to the system, which ends the process whatever it is doing.
      isStopped = true;
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      resolve(code);
    };
    const onInterrupt = (): void => stop(EXIT.interrupted);
    const onTerminate = (): void => stop(EXIT.terminated);
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
    onHangUp(stop);
  });
}

import { EXIT } from './exit/exit-codes.js';
import { onHangUp } from './signals.js';

/** The kernel keeps from the first process of a container what it does not listen to. */
const IS_FIRST = process.pid === 1;

/**
 * Resolves at the first SIGINT or SIGTERM, or when the terminal closes, with the exit code of a command that was cut short
 * by it; SIGINT or SIGTERM after that ends the process at once, as people expect of Ctrl-C. A terminal that closes never
 * does.
 *
 * @param isFirst whether nobody but the process itself can end it.
 */
export function untilStopped(isFirst = IS_FIRST): Promise<number> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (code: number): void => {
      isStopping = true;
      // Without a listener Node leaves a signal to the system, which ends the process whatever it does just then.
      if (!isFirst) process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      resolve(code);
    };
    const stopOrEnd = (code: number) => () => {
      if (isStopping) process.exit(code);
      stop(code);
    };
    const onInterrupt = stopOrEnd(EXIT.interrupted);
    const onTerminate = stopOrEnd(EXIT.terminated);
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
    onHangUp((code) => {
      if (!isStopping) stop(code);
    });
  });
}

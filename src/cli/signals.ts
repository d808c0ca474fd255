import { closeSync, fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { EXIT } from './exit/exit-codes.js';

const TERMINALS = [0, 1, 2].filter((stream) => isatty(stream));

/**
 * Whether a terminal may be at the other end, directly or behind a program that reads our output. Files and `/dev/null`
 * have nobody behind them: GNU's `nohup` redirects all three streams there if they were terminals; that of BSD and
 * macOS leaves standard input alone. Checked at the start, while the terminal is still open.
 */
const MAY_HAVE_TERMINAL = [0, 1, 2].some((stream) => isatty(stream) || isReadByProgram(stream));

/** How a command reacts when somebody wants it to end. */
interface Leaving {
  /** On SIGINT, which is Ctrl-C. */
  press: () => void;
  /** On SIGTERM, and when the terminal closes; with the exit code for that. */
  leave: (code: number) => void;
}

/**
 * Listens for SIGINT, SIGTERM, and a closing terminal.
 *
 * @returns a function that stops listening.
 */
export function onLeaving({ press, leave }: Leaving): () => void {
  const onTerminate = (): void => leave(EXIT.terminated);
  process.on('SIGINT', press).on('SIGTERM', onTerminate);
  const offHangUp = onHangUp(leave);
  return () => {
    process.off('SIGINT', press).off('SIGTERM', onTerminate);
    offHangUp();
  };
}

/**
 * Listens for a closing terminal. Its SIGHUP comes twice, from the shell and from the kernel. The second one must not
 * end the process, even when nobody listens any more.
 *
 * @returns a function that stops listening.
 */
export function onHangUp(leave: (code: number) => void): () => void {
  if (!MAY_HAVE_TERMINAL) return () => undefined;
  let isOver = false;
  let hasClosed = false;
  const listener = (): void => {
    if (!hasClosed) process.once('exit', letGoOfTerminals);
    hasClosed = true;
    if (!isOver) leave(EXIT.hungUp);
  };
  process.on('SIGHUP', listener);
  return () => {
    isOver = true;
    if (!hasClosed) process.off('SIGHUP', listener);
  };
}

/**
 * Makes SIGINT and SIGTERM end the process while nobody else listens, as they do elsewhere: from the first process of a
 * container, the kernel withholds signals that have no listener. Call this before anybody else listens.
 *
 * @param isFirst whether nobody but the process itself can end it.
 */
export function endUnheard(isFirst = process.pid === 1): void {
  if (!isFirst) return;
  endUnheardBy('SIGINT', EXIT.interrupted);
  endUnheardBy('SIGTERM', EXIT.terminated);
}

function endUnheardBy(signal: NodeJS.Signals, code: number): void {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(code);
  });
}

/** `nohup` makes the process ignore SIGHUP; Node.js undoes that before any code of ours runs. */
export function keepNohup(): void {
  if (!MAY_HAVE_TERMINAL) process.on('SIGHUP', () => undefined);
}

/** Node.js restores terminals at its end, and aborts if one is gone. It ignores closed streams, so close those. */
function letGoOfTerminals(): void {
  for (const stream of TERMINALS) if (!isatty(stream)) closeSync(stream);
}

function isReadByProgram(stream: number): boolean {
  const status = fstatSync(stream);
  return status.isFIFO() || status.isSocket();
}

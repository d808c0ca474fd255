import { closeSync, fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { EXIT } from './exit/exit-codes.js';

const TERMINALS = [0, 1, 2].filter((stream) => isatty(stream));

/**
 * Whether a terminal may be at the other end, by itself or behind a program that reads us. Nobody is behind files and
 * `/dev/null`, which is what `nohup` of GNU makes of all three where they were terminals; that of BSD and macOS leaves standard
 * input alone. Looked at while it is still open.
 */
const MAY_HAVE_TERMINAL = [0, 1, 2].some((stream) => isatty(stream) || isReadByProgram(stream));

/** What to do where somebody wants a command to end. */
interface Leaving {
  /** At SIGINT, which is Ctrl-C. */
  press: () => void;
  /** At SIGTERM, and where the terminal closes; with the exit code of whoever leaves by it. */
  leave: (code: number) => void;
}

/**
 * Hears of SIGINT, of SIGTERM, and of a terminal that closes.
 *
 * @returns ends that.
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
 * Hears of a terminal that closes. Its SIGHUP comes twice, from the shell and from the kernel: the second one ends nothing,
 * also where nobody listens any more.
 *
 * @returns ends that.
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
 * Has SIGINT and SIGTERM end the process where nobody listens to them, or not any more, as the system does: from the first
 * process of a container the kernel keeps what it does not listen to. Called before anybody else listens.
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

/** `nohup` has SIGHUP ignored; Node.js undoes that before anything of ours runs. */
export function keepNohup(): void {
  if (!MAY_HAVE_TERMINAL) process.on('SIGHUP', () => undefined);
}

/** Node.js puts terminals back as they were when it ends, and aborts where one is gone. What is closed it leaves alone. */
function letGoOfTerminals(): void {
  for (const stream of TERMINALS) if (!isatty(stream)) closeSync(stream);
}

function isReadByProgram(stream: number): boolean {
  const status = fstatSync(stream);
  return status.isFIFO() || status.isSocket();
}

/**
 * Where the dev tools say what they do, one line at a time.
 *
 * A line of kind `progress` replaces the progress line before it (a terminal overwrites it, a log may leave some out);
 * every other line stays.
 */
export type Report = (line: string, kind?: 'progress') => void;

interface TextStream {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** How often a log (not a terminal) gets a progress line. */
const loggedProgressIntervalMs = 15_000;

/**
 * Reports to a stream. On a terminal, one line shows the progress and is overwritten; elsewhere progress is written now
 * and then, so that a build of minutes neither floods a log nor looks dead.
 */
export function reportTo(stream: TextStream, nowMs = () => performance.now()): Report {
  const eraseLine = '\r\u001B[2K';
  let overwritable = false;
  let lastLoggedMs = -Infinity;
  return (line, kind) => {
    const start = overwritable ? eraseLine : '';
    if (kind === undefined) {
      overwritable = false;
      lastLoggedMs = -Infinity;
      stream.write(`${start}${line}\n`);
    } else if (stream.isTTY === true) {
      overwritable = true;
      stream.write(`${start}${line}`);
    } else if (nowMs() - lastLoggedMs >= loggedProgressIntervalMs) {
      lastLoggedMs = nowMs();
      stream.write(`${line}\n`);
    }
  };
}

import { terminal } from '../../operate/terminal.js';
import { progressLine, progressOf } from '../text/bytes-text.js';
import type { Output } from '../text/output.js';
import { drawWhile } from './draw.js';

const LINE_MS = 1_000;
const COLUMNS = 80;
/** The wheel, the blank after it, and a column that stays free. */
const WHEEL_COLUMNS = 3;

/** How a command shows the progress of a transfer. */
export interface ByteOptions {
  /** Lines of JSON on standard error, once a second. */
  progressLines?: boolean;
}

interface Moving {
  /** Such as "Uploading orders.csv". */
  title: string;
  total?: number | undefined;
}

/** Shows the progress of a transfer while `work` reports its bytes: a bar for people, or lines of JSON if asked for. */
export async function showBytes<T>(
  output: Output,
  { progressLines = false }: ByteOptions,
  { title, total }: Moving,
  work: (onBytes: (bytes: number) => void) => Promise<T>,
): Promise<T> {
  const startedMs = performance.now();
  let bytes = 0;
  const progress = (): ReturnType<typeof progressOf> => progressOf(bytes, total, performance.now() - startedMs);
  const move = (): Promise<T> => work((more) => (bytes += more));
  if (progressLines) {
    const tell = (): void => terminal.remark(`${JSON.stringify({ progress: title, ...progress() })}\n`);
    const timer = setInterval(tell, LINE_MS);
    try {
      return await move();
    } finally {
      clearInterval(timer);
      tell();
    }
  }
  if (!output.live) return await move();
  // A line that wraps could not be redrawn in place.
  const line = (): string => progressLine(title, progress(), (terminal.drawnColumns() ?? COLUMNS) - WHEEL_COLUMNS);
  return await drawWhile(output, (wheel) => `${wheel} ${line()}`, move);
}

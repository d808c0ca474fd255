import { stderr, stdout } from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { reportTo, type Report } from '../dev/report.js';
import { shown } from './colors.js';
import { oneLine } from './one-line.js';
import { standardOutput } from './standard-output.js';

/**
 * Everything that goes to a terminal goes through here; lint refuses any other way. Messages of jobs, names and errors
 * come from outside and are made harmless here, so that nobody has to remember that.
 */
export const terminal = {
  /** To standard output. */
  write: (text: string): void => standardOutput.write(shown(text)),
  /** To standard error. */
  remark: (text: string): void => void stderr.write(shown(text)),
  /** Whether a person is watching. */
  isLive: (): boolean => stderr.isTTY,
  /** Columns of the terminal that results go to; undefined if they go to a file or a program. */
  columns: (): number | undefined => (stdout.isTTY ? stdout.columns : undefined),
  /** Columns of the terminal in which lines are redrawn; undefined if there is no terminal. */
  drawnColumns: (): number | undefined => stderr.columns || undefined,
  /** Lines of that terminal; undefined if there is no terminal. */
  rows: (): number | undefined => stderr.rows || undefined,
};

/** A text that is redrawn in place. */
export interface Drawing {
  draw: (text: string) => void;
  clear: () => void;
  /** Leaves the text where it is. */
  done: () => void;
}

export interface DrawingOptions {
  showCursor?: boolean;
  /** Whether a line that is wider than the terminal is cut off; otherwise it goes on in the next one. */
  isCut?: boolean;
}

/** Loads the drawing library only now: most commands never need it, and each would take a tenth longer to start. */
export async function openDrawing({ isCut = false, ...options }: DrawingOptions = {}): Promise<Drawing> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(stderr, options);
  let drawnLines = 0;
  return {
    draw: (text) => {
      const columns = terminal.drawnColumns() ?? Infinity;
      const lines = shown(text).split('\n');
      const drawn = isCut ? lines.map((line) => oneLine(line, columns)) : lines;
      const count = drawn.reduce((sum, line) => sum + linesTaken(line, columns), 0);
      // If a line in the middle takes another number of lines than before, log-update would overwrite other lines.
      if (count !== drawnLines) update.clear();
      drawnLines = count;
      update(drawn.join('\n'));
    },
    clear: () => {
      drawnLines = 0;
      update.clear();
    },
    done: () => update.done(),
  };
}

function linesTaken(line: string, columns: number): number {
  return Math.max(1, Math.ceil(stripVTControlCharacters(line).length / columns));
}

/** Where the dev tools report what they do. */
export function reportToTerminal(): Report {
  const report = reportTo(stderr);
  return (line, kind) => report(shown(line), kind);
}

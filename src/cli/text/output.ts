import Table from 'cli-table3';
import { isStoppedStatus } from '../../job/wait/status.js';
import { colors } from '../../operate/colors.js';
import { asTypedHere } from '../command-name.js';
import { jsonLineNow } from '../../operate/service/json-line.js';
import { terminal } from '../../operate/terminal.js';

/** Where a command writes: results to standard output, everything about the way there to standard error. */
export interface Output {
  json: boolean;
  /** Whether standard error is a JSON log, in which a line of text would be invalid. */
  isLog: boolean;
  /** Whether the one document of `--json` has been printed. */
  isTold: boolean;
  /** Whether a person is watching, so that lines may be redrawn. */
  live: boolean;
  /** Columns of the terminal that results go to; undefined if they go to a file or a program. */
  width: number | undefined;
  /** A result. With `--json` exactly one document is printed. */
  result(value: unknown, text: string): void;
  /** A remark on the way; silent with `--json`. */
  say(line: string): void;
  /** What nobody may miss, although the command goes on. With `--json`, too: that reserves standard output alone. */
  warn(line: string): void;
  /** @param facts further fields for a log. */
  error(line: string, facts?: object): void;
  /** Whether standard error has lines of JSON about the progress; with `--json`, nothing else may stand between them. */
  hasProgressLines?: boolean;
  /** Set while a line is redrawn in place: clears that line, so that other output does not run into it. */
  makeRoom?: (() => void) | undefined;
}

export function createOutput(json: boolean, isLog = false): Output {
  const write = (line: string): void => {
    output.makeRoom?.();
    terminal.remark(`${asTypedHere(line)}\n`);
  };
  const output: Output = {
    json,
    isLog,
    isTold: false,
    live: !json && terminal.isLive(),
    width: terminal.columns(),
    result: (value, text) => {
      output.isTold = true;
      terminal.write(`${json ? JSON.stringify(value, null, 2) : asTypedHere(text)}\n`);
    },
    say: (line) => {
      if (!json) write(line);
    },
    warn: (line) => {
      if (output.isLog) terminal.remark(jsonLineNow('WARN', asTypedHere(line)));
      else if (json && output.hasProgressLines) terminal.remark(`${JSON.stringify({ warning: asTypedHere(line) })}\n`);
      else write(`warning: ${line}`);
    },
    error: (line, facts) => {
      if (output.isLog) terminal.remark(jsonLineNow('ERROR', asTypedHere(line), facts));
      else write(colors.red(line));
    },
  };
  return output;
}

/** Rules between rows would double the height of a list and add nothing. */
const NO_RULES = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/**
 * A table with a bold head; plain rules, so that it stays readable in a log.
 *
 * @param widths of the columns with the blanks around them; a longer line is cut off.
 */
export function table(head: string[], rows: string[][], widths?: number[]): string {
  const drawn = new Table({
    ...(widths && { colWidths: widths }),
    head: head.map((cell) => colors.bold(cell)),
    style: { head: [], border: [] },
    chars: NO_RULES,
  });
  drawn.push(...rows);
  return drawn.toString();
}

/** Keboola's statuses in the colours that its own interface gives them. */
export function paintStatus(status: string): string {
  if (status === 'success') return colors.green(status);
  if (status === 'warning') return colors.yellow(status);
  if (status === 'error') return colors.red(status);
  return isStoppedStatus(status) ? colors.magenta(status) : colors.cyan(status);
}

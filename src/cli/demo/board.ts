import { colors } from '../../operate/colors.js';
import { paintStatus, type Output } from '../text/output.js';
import type { DemoRow } from './demo-row.js';
import { openDrawing } from '../../operate/terminal.js';

/** Shows all runs at once: on a terminal as a board redrawn in place, otherwise as a line per change. */
export interface Board {
  changed(): void;
  close(): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

export async function openBoard(rows: readonly DemoRow[], output: Output): Promise<Board> {
  return output.live ? await drawnBoard(rows) : writtenBoard(rows, output);
}

async function drawnBoard(rows: readonly DemoRow[]): Promise<Board> {
  const { draw, clear, done } = await openDrawing({ isCut: true });
  let frame = 0;
  const width = widthOf(rows);
  const redraw = (): void => draw(rows.map((row) => boardLine(row, frame, width)).join('\n'));
  const timer = setInterval(() => {
    frame += 1;
    redraw();
  }, FRAME_MS);
  return {
    changed: redraw,
    close: () => {
      clearInterval(timer);
      clear();
      done();
    },
  };
}

function nameOf({ title, api }: DemoRow): string {
  return `${title} · ${api}`;
}

/** Pads all names to the longest. */
function widthOf(rows: readonly DemoRow[]): number {
  return Math.max(...rows.map((row) => nameOf(row).length));
}

function boardLine(row: DemoRow, frame: number, width: number): string {
  const { line, told, asExpected } = row;
  const spinner = colors.cyan(FRAMES[frame % FRAMES.length] ?? '');
  const mark = told === undefined ? spinner : asExpected ? colors.green('✔') : colors.red('✘');
  return `${mark} ${nameOf(row).padEnd(width)} ${told === undefined ? line : paintStatus(told)}`;
}

function writtenBoard(rows: readonly DemoRow[], output: Output): Board {
  const last = new Map<DemoRow, string>();
  const width = widthOf(rows);
  return {
    changed: () => {
      for (const row of rows) {
        // The count of reads changes with every look and would flood a log.
        const line = row.line.replace(/ · \d+ reads?/, '');
        if (last.get(row) === line) continue;
        last.set(row, line);
        output.say(`${nameOf(row).padEnd(width)} ${line}`);
      }
    },
    close: () => undefined,
  };
}

import type { JobRow } from '../../client/list-jobs.js';
import { terminal } from '../../operate/terminal.js';
import { drawnJobTable } from '../text/job-table.js';

/** A table of the newest jobs, and how many more there are than fit. */
export interface Fitted {
  text: string;
  left: number;
}

/** What of its surroundings a table depends on. */
interface Place {
  columns: number | undefined;
  /** How many lines there are for it. */
  linesMax: number;
  /** Its rows tell how long ago something was, in seconds at least. */
  second: number;
}

/**
 * Makes tables of as many of the newest jobs as the terminal has lines for: one with a long id takes several. Somebody draws ten times a
 * second, so a table is made anew only where it would be another one.
 *
 * @param linesBelow how many lines something else needs.
 */
export function fittedTables(
  linesBelow: number,
  render = drawnJobTable,
  place = (): Place => placeNow(linesBelow),
): (rows: readonly JobRow[]) => Fitted {
  let last: { rows: readonly JobRow[]; at: Place; fitted: Fitted } | undefined;
  return (rows) => {
    const at = place();
    if (last?.rows === rows && isSame(last.at, at)) return last.fitted;
    const fitted = fitting(rows, at.linesMax, (some) => render(some, at.columns));
    last = { rows, at, fitted };
    return fitted;
  };
}

function placeNow(linesBelow: number): Place {
  return {
    columns: terminal.drawnColumns(),
    linesMax: (terminal.rows() ?? Infinity) - linesBelow,
    second: Math.floor(Date.now() / 1_000),
  };
}

function isSame(one: Place, other: Place): boolean {
  return one.columns === other.columns && one.linesMax === other.linesMax && one.second === other.second;
}

/** By halves: each try makes a whole table, and there may be hundreds of rows. One row is shown in any case. */
function fitting(rows: readonly JobRow[], linesMax: number, render: (rows: readonly JobRow[]) => string): Fitted {
  const made = (count: number): string => render(rows.slice(0, count));
  const fits = (text: string): boolean => text.split('\n').length <= linesMax;
  const most = Math.min(rows.length, Math.max(1, linesMax));
  const all = made(most);
  if (most <= 1 || fits(all)) return { text: all, left: rows.length - most };
  let [count, text, tooMany] = [1, made(1), most];
  while (tooMany - count > 1) {
    const half = Math.floor((count + tooMany) / 2);
    const tried = made(half);
    if (fits(tried)) [count, text] = [half, tried];
    else tooMany = half;
  }
  return { text, left: rows.length - count };
}

import type { JobRow } from '../../client/list-jobs.js';
import { terminal } from '../../operate/terminal.js';
import { drawnJobTable } from '../text/job-table.js';

/** A table of the newest jobs, and how many more there are than fit. */
export interface Fitted {
  text: string;
  left: number;
}

/** What a table depends on, apart from its rows. */
interface Place {
  columns: number | undefined;
  /** How many lines the table may take. */
  linesMax: number;
  /** The current second, since rows say to the second how long ago something was. */
  second: number;
}

/**
 * Makes tables of as many of the newest jobs as fit into the terminal; a job with a long id takes several lines. The
 * caller draws ten times a second, so a table is built again only if it would differ.
 *
 * @param linesBelow how many lines are needed for something else.
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

/** Bisects, as each try builds a whole table and there may be hundreds of rows. One row is shown in any case. */
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

import { colors } from '../../operate/colors.js';
import { drawnListing, isWithin } from '../text/listing.js';
import { paintStatus, table } from '../text/output.js';
import { roundedDuration } from '../text/time-text.js';
import type { DemoRow } from './demo-row.js';

interface Column {
  head: string;
  /** Used where a terminal is too narrow for the head. */
  short?: string;
  cell: (row: DemoRow) => string;
}

const WHAT: Column = { head: 'what', cell: ({ title }) => title };
const API: Column = { head: 'API', cell: ({ api }) => api };
const JOB: Column = { head: 'job', cell: ({ job }) => job?.jobId ?? '-' };
const KEBOOLA: Column = {
  head: 'Keboola says',
  short: 'Keboola',
  cell: ({ job }) => (job ? paintStatus(job.status) : '-'),
};
const WORKFLOW: Column = {
  head: 'the workflow tells',
  short: 'workflow',
  cell: ({ told = '' }) => paintStatus(told),
};
const READS: Column = { head: 'reads', cell: ({ job }) => (job ? String(job.polls) : '-') };
const TOOK: Column = { head: 'took', cell: ({ tookMs = 0 }) => roundedDuration(tookMs) };
const MARK: Column = {
  head: '',
  cell: ({ asExpected }) => (asExpected ? colors.green('✔') : colors.red('✘')),
};

const FEWEST = [WHAT, API, KEBOOLA, WORKFLOW, TOOK, MARK];
/** If the terminal is too narrow, the least telling columns are dropped first; `--json` has all of them. */
const CHOICES: readonly Column[][] = [
  [WHAT, API, JOB, KEBOOLA, WORKFLOW, READS, TOOK, MARK],
  [WHAT, API, JOB, KEBOOLA, WORKFLOW, TOOK, MARK],
  FEWEST,
];

/**
 * The final table. A title is shown once, for all APIs that it was played with.
 *
 * @param width of the terminal in columns; undefined if there is no terminal.
 */
export function boardTable(rows: readonly DemoRow[], width = Infinity): string {
  const whole = CHOICES.map((columns) =>
    table(
      columns.map(({ head }) => head),
      cellsOf(rows, columns),
    ),
  );
  const fitting = whole.find((text) => isWithin(text, width));
  if (fitting !== undefined) return fitting;
  const heads = FEWEST.map(({ head, short = head }) => short);
  return drawnListing(heads, cellsOf(rows, FEWEST), width);
}

function cellsOf(rows: readonly DemoRow[], columns: readonly Column[]): string[][] {
  const isAgain = (column: Column, at: number): boolean => column === WHAT && rows[at]?.title === rows[at - 1]?.title;
  return rows.map((row, at) => columns.map((column) => (isAgain(column, at) ? '' : column.cell(row))));
}

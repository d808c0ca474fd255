// The table of docs/polling.md.

const EVENTS_PER_JOB = 13;
const EVENTS_PER_READ = 6;
/** To `processing`, and to the end. */
const STATUS_CHANGES = 2;

const BEGIN = '<!-- begin: npm run polling-table -->';
const END = '<!-- end -->';

/** The page with the table between its markers replaced. */
export function withTable(page, results) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the page has no "${BEGIN}" with "${END}" below it`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${markdown(results)}\n\n${page.slice(end)}`;
}

/** Aligned as prettier would, which otherwise rewrites the page. */
function markdown(results) {
  const head = ['median', 'schedule', 'reads', 'bar', 'mean', 'bar', 'p95', 'history events'];
  const rows = [head, ...results.flatMap(rowsOf)];
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n');
}

function rowsOf({ scene, plain, informed, client }) {
  const later = (client.callerSeconds - client.meanSeconds).toFixed(1);
  return [
    row(scene.name, 'ours, no history', plain, scene.plain, events(plain)),
    row('', 'ours, 20 earlier runs', informed, scene.informed, events(informed)),
    row('', `Syrup PHP client (returns ${later} s later)`, client, {}, ''),
  ];
}

function row(median, schedule, { polls, meanSeconds, p95Seconds }, bars, historyEvents) {
  return [
    median,
    schedule,
    polls.toFixed(1),
    bars.polls === undefined ? '' : `<= ${bars.polls}`,
    `${meanSeconds.toFixed(2)} s`,
    bars.meanSeconds === undefined ? '' : `<= ${bars.meanSeconds} s`,
    `${p95Seconds.toFixed(2)} s`,
    historyEvents,
  ];
}

function events({ polls }) {
  return String(Math.ceil(EVENTS_PER_JOB + EVENTS_PER_READ * polls + STATUS_CHANGES));
}

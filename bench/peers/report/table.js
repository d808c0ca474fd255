import Table from 'cli-table3';
import { durationText } from '../../cost/report/table.js';

const KILL_HEAD = ['killed: accepted', 'created', 'doubled', 'lost', 'nobody told', 'still open', 'last told after'];

/**
 * The table of all rows as text: for each duration the processor time in seconds per 1,000 jobs (in parentheses that of
 * server, worker and caller), requests per job and the delay from a job's end to its caller; then what a kill has done.
 *
 * @param {{ row: { key: string, name: string }, cells: object[], aftermath: object }[]} results
 */
export function peersTable(results, durations) {
  const perDuration = durations.flatMap((seconds) => {
    const text = durationText(seconds);
    return [`${text}: CPU s / 1,000`, 'requests', 'late p50', 'late p95'];
  });
  const table = new Table({ head: ['', ...perDuration, ...KILL_HEAD], style: { head: [], border: [], compact: true } });
  for (const { row, cells, aftermath } of results) {
    table.push([row.name, ...durations.flatMap((seconds) => costOf(cells, seconds)), ...killOf(aftermath)]);
  }
  return table.toString();
}

function costOf(cells, seconds) {
  const { cpu, requests, latency } = cells.find((cell) => cell.seconds === seconds);
  const perThousand = (one) => (one * 1_000).toFixed(0);
  const parts = [cpu.server, cpu.worker, cpu.client].map(perThousand).join(' + ');
  const count = Object.values(requests).reduce((sum, one) => sum + one, 0);
  return [`${perThousand(cpu.total)} (${parts})`, count.toFixed(1), secondsText(latency.p50), secondsText(latency.p95)];
}

function killOf({ accepted, created, doubled, lost, untold, open, lastToldMs }) {
  return [accepted, created, doubled, lost, untold, open].map(String).concat(secondsText(lastToldMs));
}

function secondsText(ms) {
  return ms === undefined ? '-' : `${(ms / 1_000).toFixed(2)} s`;
}

import Table from 'cli-table3';

const HEAD = [
  'server',
  'worker',
  'client',
  'CPU s / 1,000',
  'min..max',
  'events',
  'bytes',
  'tasks',
  'create',
  'read',
  'list',
  'other',
  'late p50',
  'late p95',
];

/** The table of one duration as text. Processor time in seconds per 1,000 jobs, all else per job. */
export function costTable(seconds, cells, rows) {
  const table = new Table({ head: [durationText(seconds), ...HEAD], style: { head: [], border: [], compact: true } });
  for (const { key, name } of rows) {
    const cell = cells.find((one) => one.row === key && one.seconds === seconds);
    if (cell) table.push([name, ...valuesOf(cell)]);
  }
  return table.toString();
}

/** @returns 0.3 s, 8 s, 2 min, 1 h. */
export function durationText(seconds) {
  if (seconds >= 3_600) return `${seconds / 3_600} h`;
  return seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`;
}

function valuesOf({ kind, cpu = {}, cpuMin, cpuMax, history, requests, latency = {}, row }) {
  const isCounted = kind === 'counted';
  // Of a creation alone nobody waits for the end.
  const late = row === 'create' ? [undefined, undefined] : [latency.p50, latency.p95];
  return [
    ...[cpu.server, cpu.worker, cpu.client].map((one) => number(one && one * 1_000)),
    `${isCounted && cpu.total ? '~' : ''}${number(cpu.total && cpu.total * 1_000)}`,
    cpuMin === undefined ? '-' : `${number(cpuMin * 1_000)}..${number(cpuMax * 1_000)}`,
    ...[history.events, history.bytes, history.workflowTasks].map((one) => number(one)),
    ...[requests.create, requests.read, requests.list, requests.other].map((one) => number(one, 1)),
    ...late.map((one) => (one === undefined ? '-' : `${(one / 1_000).toFixed(2)} s`)),
  ];
}

function number(value, digits = 0) {
  return value === undefined ? '-' : value.toFixed(digits);
}

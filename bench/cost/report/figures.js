import { mean, median, percentile, slope } from './statistics.js';

/** From the creation to the start of a job in the sandbox, by its default settings. */
const PICK_UP_MS = 200;
/** A timer and a read by a local activity; the tests of the budget of events hold it. */
const EVENTS_PER_READ = 6;
const PROCESSES = ['server', 'worker', 'client'];

/**
 * The figures of one run of jobs, per job. `idle` is what the processes use in a second without jobs: it is taken off,
 * because any number of jobs shares it.
 */
export function runFigures({ row, seconds, jobs, before, after, answers, histories, creations }, idle) {
  const wallSeconds = (after.atMs - before.atMs) / 1_000;
  const cpuOf = (name) => (after.cpuSeconds[name] - before.cpuSeconds[name] - idle[name] * wallSeconds) / jobs;
  const cpu = Object.fromEntries(PROCESSES.map((name) => [name, cpuOf(name)]));
  const createdMs = new Map(creations.map((one) => [one.jobId, one.createdMs]));
  return {
    row,
    seconds,
    jobs,
    wallSeconds,
    cpu: { ...cpu, total: cpu.server + cpu.worker + cpu.client },
    busy: (after.busySeconds - before.busySeconds) / wallSeconds,
    requests: mapped(after.requests, (count, kind) => (count - before.requests[kind]) / jobs),
    history: mapped(histories[0], (_, what) => mean(histories.map((one) => one[what]))),
    latencyMs: answers.map(({ jobId, answeredMs }) => answeredMs - createdMs.get(jobId) - PICK_UP_MS - seconds * 1_000),
  };
}

/** The figures of one row and duration: medians of its runs, and latencies of all jobs together. Milliseconds and counts. */
export function cellFigures(runs) {
  const totals = runs.map(({ cpu }) => cpu.total);
  const latencies = runs.flatMap(({ latencyMs }) => latencyMs);
  const medians = (what) => mapped(runs[0][what], (_, key) => median(runs.map((run) => run[what][key])));
  return {
    row: runs[0].row,
    seconds: runs[0].seconds,
    kind: 'measured',
    cpu: medians('cpu'),
    cpuMin: Math.min(...totals),
    cpuMax: Math.max(...totals),
    busy: median(runs.map(({ busy }) => busy)),
    requests: medians('requests'),
    history: medians('history'),
    latency: { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) },
  };
}

/**
 * The figures of a duration that nobody waits for: events and requests as counted in leaping time, and the processor time
 * that they are worth by what a read costs in the measured cells of the same row.
 *
 * @returns the cell; its `cpu` is missing where too few durations were measured to tell the price of a read.
 */
export function countedFigures(run, measured) {
  const { row, seconds, requests, history } = runFigures(run, { server: 0, worker: 0, client: 0 });
  const { events, workflowTasks } = history;
  const total = extrapolated(measured, requests.read);
  return {
    row,
    seconds,
    kind: 'counted',
    requests,
    history: { events, workflowTasks },
    ...(total !== undefined && { cpu: { total } }),
  };
}

/**
 * The figures of a watched job at a duration that nobody waits for: those of the longest measured one, and what each later
 * read of the backstop adds, which is what a read costs in the row by timer.
 *
 * @param reads as many as its schedule has between the longest measured duration and this one.
 * @returns undefined where too little was measured to tell.
 */
export function reckonedFigures({ row, seconds, reads }, measured, byTimer) {
  const longest = measured.at(-1);
  const perRead = priceOfRead(byTimer);
  if (longest === undefined || !Number.isFinite(perRead)) return undefined;
  const { requests, history, cpu } = longest;
  return {
    row,
    seconds,
    kind: 'counted',
    requests: { ...requests, read: requests.read + reads },
    history: {
      events: history.events + EVENTS_PER_READ * reads,
      workflowTasks: history.workflowTasks + reads,
    },
    cpu: { total: cpu.total + perRead * reads },
  };
}

function extrapolated(measured, reads) {
  const longest = measured.at(-1);
  if (longest === undefined) return undefined;
  if (reads === longest.requests.read) return longest.cpu.total;
  const total = longest.cpu.total + priceOfRead(measured) * (reads - longest.requests.read);
  return Number.isFinite(total) ? total : undefined;
}

/** @returns NaN where fewer than two durations were measured. */
function priceOfRead(measured) {
  return slope(measured.map(({ requests, cpu }) => ({ x: requests.read, y: cpu.total })));
}

function mapped(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

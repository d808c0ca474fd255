import { expect, it } from 'vitest';
import { cellFigures, countedFigures, reckonedFigures, runFigures } from '../../../../bench/cost/report/figures.js';

const sample = (atMs: number, cpu: number, read: number) => ({
  atMs,
  busySeconds: atMs / 1_000,
  cpuSeconds: { server: cpu, worker: 2 * cpu, client: cpu },
  requests: { create: 0, read, list: 0, other: 0 },
});

const run = {
  row: 'plain',
  seconds: 8,
  jobs: 2,
  before: sample(0, 1, 4),
  after: sample(10_000, 2, 24),
  answers: [
    { jobId: '1', answeredMs: 9_000 },
    { jobId: '2', answeredMs: 9_500 },
  ],
  histories: [
    { events: 90, bytes: 100, workflowTasks: 16 },
    { events: 100, bytes: 200, workflowTasks: 18 },
  ],
  creations: [
    { jobId: '1', createdMs: 100 },
    { jobId: '2', createdMs: 300 },
  ],
};
const idle = { server: 0.02, worker: 0, client: 0 };

it('tells what one job has cost, without what the processes use while they have nothing to do', () => {
  const { cpu, requests, history } = runFigures(run, idle);
  expect(cpu['server']).toBeCloseTo(0.4);
  expect(cpu['total']).toBeCloseTo(0.4 + 1 + 0.5);
  expect(requests['read']).toBe(10);
  expect(history).toEqual({ events: 95, bytes: 150, workflowTasks: 17 });
});

it('tells from the end of each job, which the sandbox knows, how late its caller heard', () => {
  expect(runFigures(run, idle).latencyMs).toEqual([700, 1_000]);
});

it('takes the median of the rounds and shows how far they lie apart', () => {
  const rounds = [1, 4, 2].map((cpu) => runFigures({ ...run, after: sample(10_000, 1 + cpu, 24) }, idle));
  const { cpu, cpuMin, cpuMax, latency } = cellFigures(rounds);
  expect([cpuMin, cpu['total'], cpuMax].map((value) => value?.toFixed(1))).toEqual(['1.9', '3.9', '7.9']);
  expect(latency).toEqual({ p50: 700, p95: 1_000 });
});

it('extrapolates by what a read has cost, and not from one duration alone', () => {
  const short = { cpu: { total: 30 }, requests: { read: 1 } };
  const long = { cpu: { total: 50 }, requests: { read: 5 } };
  expect(countedFigures(run, [short, long]).cpu?.total).toBeCloseTo(75);
  expect(countedFigures(run, [short]).cpu).toBeUndefined();
  expect(countedFigures(run, []).cpu).toBeUndefined();
});

it('reckons the hours of a watched job by what a read costs where the timer makes it', () => {
  const watched = { cpu: { total: 90 }, requests: { read: 2 }, history: { events: 28, workflowTasks: 4 } };
  const byTimer = [
    { cpu: { total: 30 }, requests: { read: 1 } },
    { cpu: { total: 70 }, requests: { read: 5 } },
  ];
  const hours = { row: 'watched', seconds: 28_800, reads: 8 };
  expect(reckonedFigures(hours, [watched], byTimer)).toMatchObject({
    kind: 'counted',
    requests: { read: 10 },
    history: { events: 76, workflowTasks: 12 },
    cpu: { total: 170 },
  });
  expect(reckonedFigures(hours, [watched], [])).toBeUndefined();
});

interface Sample {
  atMs: number;
  busySeconds: number;
  cpuSeconds: Record<string, number>;
  requests: Record<string, number>;
}
interface Run {
  row: string;
  seconds: number;
  jobs: number;
  before: Sample;
  after: Sample;
  answers: { jobId: string; answeredMs: number }[];
  histories: { events: number; bytes: number; workflowTasks: number }[];
  creations: { jobId: string; createdMs: number }[];
}
interface RunFigures {
  cpu: Record<string, number>;
  requests: Record<string, number>;
  history: Record<string, number>;
  latencyMs: number[];
}
interface MeasuredCell {
  cpu: { total: number };
  requests: { read: number };
}
export function runFigures(run: Run, idle: Record<string, number>): RunFigures;
export function cellFigures(runs: readonly RunFigures[]): {
  cpu: Record<string, number>;
  cpuMin: number;
  cpuMax: number;
  latency: { p50?: number; p95?: number };
};
export function countedFigures(run: Run, measured: readonly MeasuredCell[]): { cpu?: { total: number } };
export function reckonedFigures(
  what: { row: string; seconds: number; reads: number },
  measured: readonly (MeasuredCell & { history: { events: number; workflowTasks: number } })[],
  byTimer: readonly MeasuredCell[],
): { cpu: { total: number }; history: { events: number; workflowTasks: number } } | undefined;

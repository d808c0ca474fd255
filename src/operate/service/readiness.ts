import type { Worker } from '@temporalio/worker';
import { VERSION } from '../version.js';
import { needsPerson, type ConnectionBoard, type ConnectionStatus } from './connection-board.js';
import type { TemporalProbe, TemporalSeen } from './temporal-probe.js';

/** What an orchestrator, or a person with curl, learns about a worker. */
export interface Readiness {
  version: string;
  /** State of the SDK's worker: `RUNNING` while it polls. */
  worker: string;
  /**
   * `refuses`: it answers, but takes neither our key nor our namespace; `cannot-write`: it cannot write to its
   * database.
   */
  temporal: TemporalSeen['state'];
  connections: ConnectionStatus[];
  /** Whether the worker takes up jobs, and Temporal and the tokens of all connections are as jobs need them. */
  ready: boolean;
  /** Why it is not ready, for people. */
  reasons: string[];
}

/** Whether a worker has not failed. */
export function isAlive(worker: Pick<Worker, 'getState'>): boolean {
  return worker.getState() !== 'FAILED';
}

/** Looks at a worker: one small request to Temporal, none to Keboola. */
export async function lookAtWorker(
  worker: Pick<Worker, 'getState'>,
  probe: Pick<TemporalProbe, 'ask'>,
  board: ConnectionBoard,
): Promise<Readiness> {
  const state = worker.getState();
  const { state: temporal, reason } = await probe.ask();
  const connections = board.all();
  const reasons = [
    ...(state === 'RUNNING' ? [] : [`the worker is ${state}`]),
    ...(reason === undefined ? [] : [reason]),
    ...connections.filter(needsPerson).map(({ name, message }) => `connection ${name}: ${message ?? 'no token'}`),
  ];
  return { version: VERSION, worker: state, temporal, connections, ready: reasons.length === 0, reasons };
}

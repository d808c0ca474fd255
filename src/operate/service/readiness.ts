import type { NativeConnection, Worker } from '@temporalio/worker';
import { VERSION } from '../version.js';
import { needsPerson, type ConnectionBoard, type ConnectionStatus } from './connection-board.js';

/** What an orchestrator, and whoever asks with curl, learns of a worker. */
export interface Readiness {
  version: string;
  /** Of Temporal's SDK: `RUNNING` while it polls. */
  worker: string;
  temporal: 'answers' | 'silent';
  connections: ConnectionStatus[];
  /** The worker takes up jobs, and Temporal and the tokens of all connections are as they must be for that. */
  ready: boolean;
  /** Why it is not ready, for people. */
  reasons: string[];
}

/** A probe may not wait longer than Kubernetes does by default, which is a second. */
const ANSWER_MS_MAX = 800;

/** Whether a worker has not failed. */
export function isAlive(worker: Pick<Worker, 'getState'>): boolean {
  return worker.getState() !== 'FAILED';
}

/** Looks at a worker: one small request to Temporal, none to Keboola. */
export async function lookAtWorker(
  worker: Pick<Worker, 'getState'>,
  connection: Pick<NativeConnection, 'workflowService' | 'withDeadline'>,
  board: ConnectionBoard,
): Promise<Readiness> {
  const state = worker.getState();
  const temporal = await answers(connection);
  const connections = board.all();
  const reasons = [
    ...(state === 'RUNNING' ? [] : [`the worker is ${state}`]),
    ...(temporal === 'answers' ? [] : ['Temporal does not answer']),
    ...connections.filter(needsPerson).map(({ name, message }) => `connection ${name}: ${message ?? 'no token'}`),
  ];
  return { version: VERSION, worker: state, temporal, connections, ready: reasons.length === 0, reasons };
}

async function answers(
  connection: Pick<NativeConnection, 'workflowService' | 'withDeadline'>,
): Promise<Readiness['temporal']> {
  try {
    await connection.withDeadline(Date.now() + ANSWER_MS_MAX, () => connection.workflowService.getSystemInfo({}));
    return 'answers';
  } catch {
    return 'silent';
  }
}

import type { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import type { ConnectionSettings } from '../../src/keboola/connection/connection.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import { createWorker } from '../../src/worker.js';

interface OfWorker {
  connection: NativeConnection;
  taskQueue: string;
  sandbox: Pick<Sandbox, 'url' | 'token'>;
  /** What its Keboola connection has else. */
  settings?: Partial<ConnectionSettings>;
}

/** A worker with empty caches takes up what waits on a task queue, until the work is done. */
export async function withWorker<T>(of: OfWorker, work: () => Promise<T>): Promise<T> {
  const { connection, taskQueue, sandbox, settings } = of;
  const { url, token } = sandbox;
  const worker = await createWorker({
    connection,
    taskQueue,
    connections: [{ name: 'default', url, token: () => token, ...settings }],
    worker: { workflowBundle: { codePath: inject('workflowBundle') } },
  });
  return await worker.runUntil(work);
}

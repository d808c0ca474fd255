import { ask, type Asking } from './ask.js';
import { InvalidInputError, JobFailedError, NoWorkerError } from './errors.js';
import type { OfConnection } from './of-connection.js';

/**
 * Asks a worker which project a connection leads to, since only workers know. If no worker can tell, only the workflow
 * ids that this client gives are left to go by, and `onObstacle` is told so.
 *
 * @throws InvalidInputError for an invalid name; JobFailedError where the worker does not know the connection.
 */
export async function ofConnection(asking: Asking, name: string): Promise<OfConnection> {
  const { project, problem } = await reportFrom(asking, name);
  if (!project) {
    asking.onObstacle?.(
      `No worker could tell which project connection "${name}" leads to (${problem}); ` +
        'only workflows with the connection in their id are counted.',
    );
  }
  return { name, projectId: project?.id };
}

async function reportFrom(asking: Asking, name: string): Promise<{ project?: { id: string }; problem: string }> {
  try {
    const { connections } = await ask({ ...asking, onObstacle: undefined }, 'describeWorker', { connection: name });
    const { project, problem = 'the worker does not say' } = connections.find((one) => one.name === name) ?? {};
    return { ...(project && { project }), problem };
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    if (error instanceof JobFailedError && error.type === 'InvalidInput') throw error;
    if (error instanceof JobFailedError || error instanceof NoWorkerError) return { problem: error.message };
    throw error;
  }
}

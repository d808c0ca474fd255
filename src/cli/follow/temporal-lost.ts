import { NoWorkerError } from '../../client/errors.js';
import { isUnreachable, TemporalLost } from '../../operate/unreachable.js';

/** If Temporal goes away meanwhile, the error says what goes on. @throws TemporalLost; what `follow` throws. */
export async function orLost<T>({ workflowId }: { workflowId: string }, follow: () => Promise<T>): Promise<T> {
  try {
    return await follow();
  } catch (error) {
    const isLost = isUnreachable(error) && !(error instanceof NoWorkerError);
    throw isLost ? new TemporalLost(workflowId, error) : error;
  }
}

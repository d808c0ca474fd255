import { NoWorkerError } from '../../client/errors.js';
import { isUnreachable, TemporalLost } from '../../operate/unreachable.js';

/** Says what goes on where Temporal goes away in the midst of it. @throws TemporalLost; what `follow` throws. */
export async function orLost<T>({ workflowId }: { workflowId: string }, follow: () => Promise<T>): Promise<T> {
  try {
    return await follow();
  } catch (error) {
    const isLost = isUnreachable(error) && !(error instanceof NoWorkerError);
    throw isLost ? new TemporalLost(workflowId, error) : error;
  }
}

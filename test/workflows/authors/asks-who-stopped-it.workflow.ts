import { CancellationScope, executeChild, workflowInfo } from '@temporalio/workflow';
import { stoppedByOther } from '../../../src/workflows/index.js';

/** An author's own workflow, which runs a job as a child and says who has stopped it. */
export async function asksWhoStoppedIt(input: unknown): Promise<string> {
  try {
    await executeChild('runJob', { args: [input], workflowId: `${workflowInfo().workflowId}/job` });
    return 'nobody';
  } catch (error) {
    const other = stoppedByOther(error);
    return await CancellationScope.nonCancellable(() => Promise.resolve(other ? 'somebody else' : 'I, or an error'));
  }
}

import { makeContinueAsNewFunc } from '@temporalio/workflow';
import type { LifeState } from '../../../src/job/life-state.js';
import type { runJob } from '../../../src/workflows/index.js';

export * from '../../../src/workflows/index.js';

/** Goes on as `runJob` does after a long wait, without the wait. */
export async function goesOnAsAJob(input: Parameters<typeof runJob>[0], state: LifeState): Promise<never> {
  return await makeContinueAsNewFunc<typeof runJob>({ workflowType: 'runJob' })(input, state);
}

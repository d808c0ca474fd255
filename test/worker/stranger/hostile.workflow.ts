import {
  ApplicationFailure,
  defineQuery,
  executeChild,
  log,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertMemo,
} from '@temporalio/workflow';

export * from '../../../src/workflows/index.js';

const HALF = '\ud83d';

const { throwsHostile } = proxyActivities<{ throwsHostile(): Promise<void> }>({
  startToCloseTimeout: '10s',
  cancellationType: 'TRY_CANCEL',
  retry: { maximumAttempts: 1 },
});

/** Says a hostile text wherever a workflow of an author can say one. */
export async function saysHostile(where: string): Promise<unknown> {
  switch (where) {
    case 'failure':
      throw ApplicationFailure.create({ message: HALF, type: HALF, details: [HALF], cause: new Error(HALF) });
    case 'causes':
      throw ApplicationFailure.create({ message: HALF, cause: caused(300) });
    case 'activity':
      await throwsHostile();
      return;
    case 'child':
      await executeChild('noSuchWorkflow', { workflowId: `child-${HALF}-${Math.random()}`, args: [HALF] });
      return;
    case 'said':
      log.info(HALF, { [HALF]: HALF });
      setCurrentDetails(HALF);
      upsertMemo({ [HALF]: HALF });
      await sleep(1, { summary: HALF });
      return HALF;
    case 'query':
      setHandler(defineQuery('throws'), () => {
        throw ApplicationFailure.create({ message: HALF });
      });
      await sleep(60_000);
      return;
    default:
      // A plain error fails the workflow task.
      throw new Error(HALF);
  }
}

function caused(times: number): Error {
  return times === 0 ? new Error(HALF) : new Error(HALF, { cause: caused(times - 1) });
}

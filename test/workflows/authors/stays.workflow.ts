import { CancellationScope, condition, defineUpdate, isCancellation, setHandler, sleep } from '@temporalio/workflow';
import { waitForCreatedUpdate } from '../../../src/job/messages.js';
import { askAgain } from '../../../src/workflows/failures.js';
import { JobLife } from '../../../src/workflows/job-life.js';

/** Its handler is at work until the workflow says otherwise, and keeps it from continuing as new. */
export const holdUpdate = defineUpdate('hold');

/** Is cancelled while it is about to continue as new, and tells what it answers then to whoever waits for its job. */
export async function staysAfterAll(): Promise<string> {
  const life = new JobLife({}, undefined);
  const held = { isHeld: false, isOver: false };
  setHandler(holdUpdate, async () => {
    held.isHeld = true;
    await CancellationScope.nonCancellable(() => condition(() => held.isOver));
  });
  try {
    await condition(() => held.isHeld);
    await life.continueAsNew();
  } catch (error) {
    if (!isCancellation(error)) throw error;
  }
  const answer = life.whenCreated().then(
    () => 'created',
    (error: unknown) => String(error),
  );
  return await CancellationScope.nonCancellable(async () => {
    const told = await Promise.race([answer, sleep('1s').then(() => 'nothing yet')]);
    held.isOver = true;
    return told;
  });
}

/** Is about to continue as new whenever it is asked. */
export async function alwaysLeaves(): Promise<void> {
  setHandler(waitForCreatedUpdate, () => {
    throw askAgain();
  });
  await condition(() => false);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { readWorkflowTree } from '../../../src/client/workflow-tree.js';
import { jobQuery } from '../../../src/job/messages.js';
import type { Sandbox } from '../../../src/sandbox/index.js';
import { flat } from '../../support/job-trees.js';

/** A slow machine stays longer between the mark and the POST; what is lost there is said, and is not wrong. */
export const LOST_SHARE_MAX = 0.3;
const LOOK_MS = 2_000;
const LOST = /the worker was lost while it sent the request; searching for a job whose run id starts with "(\d+)\."/;

/** Where a creation can be lost: a sandbox, and the workflows that create in it. */
interface Place {
  sandbox: Sandbox;
  temporal: Client;
}

/**
 * A worker can die in the milliseconds between its mark "about to send" and the arrival of the POST. Of such a creation
 * nobody can know, so its workflow searches for half an hour, longer than a test may take. Resolves with its run id once
 * a workflow of the tree searches for a creation whose POST Keboola has never seen; never if there is none.
 */
export async function lostInSending({ sandbox, temporal }: Place, root: string, over: AbortSignal): Promise<string> {
  while (!over.aborted) {
    const running = flat(await readWorkflowTree(temporal, root)).filter(
      ({ workflowType, workflowStatus }) => workflowType === 'runJob' && workflowStatus === 'RUNNING',
    );
    for (const { workflowId } of running) {
      // A worker that is just starting does not answer; the next look asks again.
      const note = await temporal.workflow
        .getHandle(workflowId)
        .query(jobQuery)
        .then((snapshot) => snapshot.note ?? '')
        .catch(() => '');
      const [, runId] = LOST.exec(note) ?? [];
      if (runId !== undefined && sandbox.counters.byRunIdPrefix(runId).posts === 0) return runId;
    }
    await sleep(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
  }
  return await new Promise<never>(() => undefined);
}

/** Waits for a result, or for the sign that it would take half an hour; a look at the whole tree is not cheap, and may be put off. */
export async function resultUnlessLost(
  place: Place,
  workflowId: string,
  lookAfterMs = 0,
): Promise<{ result: unknown } | { lost: string }> {
  const over = new AbortController();
  const handle = place.temporal.workflow.getHandle(workflowId);
  try {
    return await Promise.race([
      handle.result().then((result: unknown) => ({ result })),
      sleep(lookAfterMs, undefined, { signal: over.signal })
        .catch(() => undefined)
        .then(() => lostInSending(place, workflowId, over.signal))
        .then((lost) => ({ lost })),
    ]);
  } finally {
    over.abort();
  }
}

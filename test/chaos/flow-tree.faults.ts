import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { CancelledFailure, type ApplicationFailure } from '@temporalio/common';
import { expect, it } from 'vitest';
import { readWorkflowTree, type WorkflowTree } from '../../src/client/workflow-tree.js';
import type { JobResult } from '../../src/job/result.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { childrenInKeboola, flat, ofResult, ofTree } from '../support/job-trees.js';
import { Dice } from './support/dice.js';
import { inLanes } from './support/in-lanes.js';
import { FLOW, FLOW_JOBS, withFlowOfForty } from './tree/flow-of-forty.js';
import { RETRIED_FLOW, RETRIED_FLOW_JOBS } from './tree/retried-flow.js';

const CANCELS = 10;
const LANES = 2;
/** About as long as the flow takes on a machine of two cores. */
const FLOW_MS = 20_000;
const QUEUE = { KBC_TOKEN: '5555-1-queue' };

async function openFlowLab(): Promise<CliLab> {
  const lab = await openCliLab(withFlowOfForty);
  await lab.sandbox.settings({ workers: 500, killPropagation: false, killLatencySeconds: 0.5 });
  await lab.startWorker(QUEUE);
  return lab;
}

async function startFlow(lab: CliLab, flow: object = FLOW): Promise<WorkflowHandle> {
  const workflowId = lab.unique('flow');
  return await lab.temporal.workflow.start('runJob', { workflowId, taskQueue: lab.taskQueue, args: [flow] });
}

it('a flow of 40 jobs is the same tree in Keboola, in Temporal and for `tree`', async () => {
  const lab = await openFlowLab();
  try {
    const handle = await startFlow(lab);
    const result = (await handle.result()) as JobResult;
    expect(result).toMatchObject({ status: 'success', childrenComplete: true });
    const inKeboola = childrenInKeboola(await lab.sandbox.jobs(), result.runId);
    expect(Object.keys(inKeboola)).toHaveLength(FLOW_JOBS - 1);
    expect(ofResult(result)).toEqual(inKeboola);
    await eventually(async () =>
      expect(ofTree(await readWorkflowTree(lab.temporal, handle.workflowId))).toEqual(inKeboola),
    );
    const told = await lab.run(['tree', handle.workflowId, '--json']);
    expect(ofTree(JSON.parse(told.stdout) as WorkflowTree)).toEqual(inKeboola);
  } finally {
    await lab.close();
  }
}, 300_000);

async function cancelAt(lab: CliLab, atMs: number, flow?: object): Promise<boolean> {
  const handle = await startFlow(lab, flow);
  await sleep(atMs);
  await handle.cancel();
  const error: unknown = await handle.result().catch((thrown: unknown) => thrown);
  await eventually(async () => {
    const all = flat(await readWorkflowTree(lab.temporal, handle.workflowId));
    expect(all.filter(({ workflowStatus }) => workflowStatus === 'RUNNING')).toEqual([]);
  });
  // It may have ended before the cancellation came.
  return !(error instanceof Error) || (error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure);
}

it('a flow of 40 jobs leaves nothing behind, at whatever instant it is cancelled', async () => {
  const lab = await openFlowLab();
  try {
    const dice = new Dice(13);
    const instants = Array.from({ length: CANCELS }, (_, slot) =>
      Math.round((slot + dice.next()) * (FLOW_MS / CANCELS)),
    );
    const ends = await inLanes(instants, LANES, (atMs) => cancelAt(lab, atMs));
    const jobs = await lab.sandbox.jobs();
    const left = jobs.filter(({ isFinished }) => !isFinished);
    process.stdout.write(
      `\nflows cancelled at ${CANCELS} instants: ${jobs.length} jobs, ${left.length} left running\n`,
    );
    expect(left).toEqual([]);
    expect(ends).toEqual(ends.map(() => true));
  } finally {
    await lab.close();
  }
}, 600_000);

it('a flow whose tasks are tried again has a container around the tries, everywhere, and leaves nothing behind', async () => {
  const lab = await openFlowLab();
  try {
    const handle = await startFlow(lab, RETRIED_FLOW);
    const cancelled = [2_500, 7_000].map((atMs) => cancelAt(lab, atMs, RETRIED_FLOW));
    const failed = (await handle.result().catch((thrown: unknown) => thrown)) as { cause: ApplicationFailure };
    const [result] = failed.cause.details as [JobResult];
    const inKeboola = childrenInKeboola(await lab.sandbox.jobs(), result.runId);
    expect(Object.keys(inKeboola)).toHaveLength(RETRIED_FLOW_JOBS - 1);
    expect(ofResult(result)).toEqual(inKeboola);
    await eventually(async () =>
      expect(ofTree(await readWorkflowTree(lab.temporal, handle.workflowId))).toEqual(inKeboola),
    );
    expect(await Promise.all(cancelled)).toEqual([true, true]);
    expect((await lab.sandbox.jobs()).filter(({ isFinished }) => !isFinished)).toEqual([]);
  } finally {
    await lab.close();
  }
}, 300_000);

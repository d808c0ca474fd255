import { randomInt } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { hostile, hostileStart } from './support/hostile.js';
import { inLanes } from './support/in-lanes.js';

/** Of all that is sent. */
const SHARES = { starts: 0.2, signals: 0.4, updates: 0.35, queries: 0.05 };
/** Of what waits while all of this comes in. */
const TARGETS = 10;
const LANES = 16;

/** A hostile answer is one that somebody gets; what must not happen is that nobody gets one. */
const told = (): undefined => undefined;

async function targetsOf(lab: CliLab): Promise<WorkflowHandle[]> {
  const begun = await Promise.all(Array.from({ length: TARGETS }, () => lab.begin({ durationSeconds: 100_000 })));
  return begun.map(({ workflowId }) => lab.temporal.workflow.getHandle(workflowId));
}

/** The server's own word for a task in which a workflow closed while a message came; it is simply done again. */
const { WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND: CAME_MEANWHILE } = temporal.api.enums.v1.WorkflowTaskFailedCause;

async function failedTasks(handle: WorkflowHandle): Promise<unknown[]> {
  const { events } = await handle.fetchHistory();
  const failed = (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: task }) => task ?? []);
  return failed.filter(({ cause }) => cause !== CAME_MEANWHILE);
}

it('a worker lives through hostile inputs, signals, updates and queries, and no workflow is blocked by one', async () => {
  const { count, seed = randomInt(2 ** 31) } = inject('hostile');
  process.stdout.write(`\n${count} hostile inputs and messages of seed ${seed}\n`);
  const lab = await openCliLab();
  try {
    const worker = await lab.startWorker();
    const targets = await targetsOf(lab);
    const at = (index: number): WorkflowHandle => targets[index % TARGETS] as WorkflowHandle;
    const anything = (share: number, salt: number): unknown[] =>
      fc.sample(hostile, { seed: seed + salt, numRuns: Math.round(count * share) });

    const started: WorkflowHandle[] = [];
    const starts = fc
      .sample(hostileStart, { seed, numRuns: Math.round(count * SHARES.starts) })
      .map(({ workflow, input }) => async () => {
        const options = { taskQueue: lab.taskQueue, workflowId: lab.unique('hostile'), args: [input] };
        started.push(await lab.temporal.workflow.start(workflow, options));
      });
    const signals = anything(SHARES.signals, 1).map((sent, index) => () => at(index).signal('nudge', sent));
    const updates = anything(SHARES.updates, 2).map((sent, index) => async () => {
      await at(index)
        .executeUpdate('setTimeouts', { args: [sent] })
        .catch(told);
    });
    const queries = anything(SHARES.queries, 3).map((sent, index) => async () => {
      await at(index).query('job', sent).catch(told);
    });
    const all = [...starts, ...signals, ...updates, ...queries];
    expect(all).toHaveLength(count);
    await inLanes(all, LANES, (step) => step());

    await inLanes([...started, ...targets], LANES, async (handle) => {
      if ((await handle.describe()).status.name === 'RUNNING') await handle.cancel();
    });
    await inLanes(started, LANES, async (handle) => {
      await eventually(async () => expect((await handle.describe()).status.name).not.toBe('RUNNING'));
    });
    const tasks = await Promise.all(
      targets.map(async (handle) => {
        await handle.result().catch(told);
        return await failedTasks(handle);
      }),
    );
    expect(tasks.flat()).toEqual([]);
    worker.signal('SIGTERM');
    expect((await worker.end()).code).toBe(0);
  } finally {
    await lab.close();
  }
}, 900_000);

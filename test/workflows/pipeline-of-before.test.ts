import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeat } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PipelineResult } from '../../src/job/pipeline/result.js';
import { storage } from '../sandbox/storage-support.js';
import { SYRUP } from '../support/dialects.js';
import { eventually } from '../support/eventually.js';
import { causeOf, pipeline, PipelineLab, tasksOf } from '../support/pipeline-lab.js';
import { adopting } from '../support/reset.js';
import { CSV, TABLE } from '../support/storage-lab.js';

const BEAT_MS = 100;
const importing = { id: 'in', import: { table: TABLE, source: { csv: CSV } } };

let lab: PipelineLab;
let isHeld = true;

/** The answer to a call of Storage arrives once a test says so. */
const holding: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute: async (input, next) => {
      const answer = await next(input);
      while (info.activityType === 'createStorageJob' && isHeld) {
        heartbeat();
        await sleep(BEAT_MS);
      }
      return answer;
    },
  },
});

beforeAll(async () => {
  lab = await PipelineLab.open(SYRUP, { interceptors: { activity: [holding] } });
});
beforeEach(async () => {
  lab.lab.sandbox.reset();
  await storage(lab.lab.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
});
afterAll(() => {
  isHeld = false;
  return lab.close();
});

/** Terminates a pipeline, and sees that its task has heard of it. */
async function terminated(handle: WorkflowHandle, taskId: string): Promise<void> {
  await handle.terminate();
  const child = lab.child(handle, taskId);
  await eventually(async () => expect(JSON.stringify(await child.fetchHistory())).toContain('CancelRequested'));
}

it('a job of Storage that goes on after its pipeline was terminated has no other one beside it', async () => {
  const { sandbox } = lab.lab;
  sandbox.faults.add({ route: 'tableCreate', jobSeconds: 100_000 });
  const former = await lab.start(pipeline([importing]));
  await eventually(() => expect(sandbox.counters.storagePosts).toBe(1));
  await terminated(former, 'in');
  const again = await lab.start(pipeline([importing]), former.workflowId);
  await adopting(again);
  isHeld = false;
  const { in: end } = tasksOf((await causeOf(again)).details?.[0] as PipelineResult);
  expect(end).toMatchObject({ status: 'error', error: { type: 'KillNotConfirmed' } });
  expect(sandbox.counters.storagePosts).toBe(1);
});

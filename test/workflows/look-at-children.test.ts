import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lookAtChildren } from '../../src/activities/pipeline/look-at-children.js';
import { oursBy } from '../../src/activities/pipeline/our-children.js';
import type { TaskInput } from '../../src/job/pipeline/input.js';
import type { ChildEnding } from '../../src/job/remote-steps.js';
import { storage } from '../sandbox/storage-support.js';
import { eventually } from '../support/eventually.js';
import { LONG, pipeline, PipelineLab, task } from '../support/pipeline-lab.js';
import { CSV, TABLE } from '../support/storage-lab.js';

const importing: TaskInput = { id: 'in', import: { table: TABLE, source: { csv: CSV } } };
const acting: TaskInput = { id: 'act', action: { component: 'keboola.ex-db-mysql', action: 'testConnection' } };

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
beforeEach(async () => {
  lab.lab.sandbox.reset();
  await storage(lab.lab.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
});
afterAll(() => lab.close());

/** Terminates a pipeline, and waits until its task was canceled for that. @returns its run. */
async function terminated(former: WorkflowHandle, taskId: string): Promise<string> {
  const { runId } = await former.describe();
  await former.terminate();
  const child = lab.child(former, taskId);
  await eventually(async () => expect((await child.describe()).status.name).toBe('CANCELLED'));
  return runId;
}

/** What a run of a pipeline is told of a task, as the first one of its chain unless told otherwise. */
async function lookedAt(
  { workflowId }: WorkflowHandle,
  taskId: string,
  runId = 'of another one',
  firstRunId = runId,
): Promise<ChildEnding | undefined> {
  const child = `${workflowId}/${taskId}`;
  const endings = await asking({ workflowId, runId }, () => lookAtChildren({ workflowIds: [child], firstRunId }));
  return endings[child];
}

/** Runs as an activity of a workflow does. */
function asking<T>(workflowExecution: { workflowId: string; runId: string }, work: () => Promise<T>): Promise<T> {
  return new MockActivityEnvironment({ workflowExecution }, { client: lab.server.client }).run(work);
}

async function jobOf(former: WorkflowHandle, taskId: string): Promise<void> {
  await lab.jobOf(former, taskId);
}

async function isCalled(route: 'action' | 'filePrepare'): Promise<void> {
  await eventually(() => expect(lab.lab.sandbox.counters.requests[route]).toBeGreaterThan(0));
}

describe('what a canceled task of a pipeline before has started', () => {
  it.each<[string, TaskInput, (former: WorkflowHandle) => Promise<void>]>([
    ['a job of Storage', importing, (former) => jobOf(former, 'in')],
    ['the call of an action', acting, () => isCalled('action')],
    [
      'a job of Storage in a nested pipeline',
      { id: 'sub', pipeline: pipeline([importing]) },
      (former) => jobOf(former, 'sub/in'),
    ],
  ])('may run, where it is %s', async (_, input, begun) => {
    lab.lab.sandbox.faults.add({ route: 'tableCreate', jobSeconds: 100_000 });
    lab.lab.sandbox.faults.add({ route: 'action', delayMs: 5_000 });
    const former = await lab.start(pipeline([input]));
    await begun(former);
    await terminated(former, input.id ?? '');
    expect(await lookedAt(former, input.id ?? '')).toEqual({ kind: 'of-before', mayRun: true });
  });

  it.each<[string, TaskInput, (former: WorkflowHandle) => Promise<void>]>([
    ['a job', task('long', LONG), (former) => jobOf(former, 'long')],
    [
      'a job in a nested pipeline',
      { id: 'sub', pipeline: pipeline([task('long', LONG)]) },
      (former) => jobOf(former, 'sub/long'),
    ],
    ['an upload', importing, () => isCalled('filePrepare')],
  ])('has stopped, where it is %s', async (_, input, begun) => {
    lab.lab.sandbox.faults.add({ route: 'filePrepare', status: 503, times: 'always' });
    const former = await lab.start(pipeline([input]));
    await begun(former);
    await terminated(former, input.id ?? '');
    expect(await lookedAt(former, input.id ?? '')).toEqual({ kind: 'of-before' });
  });
});

it('a job of Storage may run after the end of its workflow, which a pipeline has started in an earlier run', async () => {
  lab.lab.sandbox.faults.add({ route: 'tableCreate', jobSeconds: 100_000 });
  const former = await lab.start(pipeline([importing]));
  await lab.jobOf(former, 'in');
  const firstRunId = await terminated(former, 'in');
  expect(await lookedAt(former, 'in', 'of a reset', firstRunId)).toEqual({ kind: 'canceled', mayRun: true });
});

it.each([
  ['before', 'the first run of the pipeline that asks', (runId: string) => runId],
  ['perhaps', 'a run that was reset', () => randomUUID()],
])('a run that Temporal has forgotten is taken as one %s, where it is asked for by %s', async (ours, _, firstOf) => {
  const { workflowId, runId } = await (await lab.start(pipeline([acting]))).describe();
  const parent = { workflowId, runId: randomUUID() };
  const oursOf = oursBy(lab.server.client, firstOf(runId));
  expect(await asking({ workflowId, runId }, () => oursOf(parent))).toBe(ours);
});

import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOB_MEMO } from '../../src/job/messages.js';
import type { JobResult } from '../../src/job/result.js';
import type { WorkflowTree } from '../../src/client/workflow-tree.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../support/job-lab.js';
import { childrenInKeboola, flat, ofResult, ofTree } from '../support/job-trees.js';

/** The attributes of events that a child workflow, or a signal to one, leaves in the history of its parent. */
const OF_CHILDREN = /childWorkflowExecution|[eE]xternalWorkflowExecution/;
const leaf = { component: 'keboola.ex-http', durationSeconds: 2 };

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server, { respectProjectLimit: false });
  await lab.sandbox.settings({ workers: 1_000 });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

/** A chain in which each job spawns the next one, so many below the first. */
function chain(below: number): object {
  return below === 0 ? leaf : { ...leaf, children: [chain(below - 1)] };
}

async function run(script: object): Promise<{ handle: WorkflowHandle; result: JobResult }> {
  const handle = await lab.start(scripted({ ...leaf, component: undefined, ...script }));
  return { handle, result: (await handle.result()) as JobResult };
}

/** The list of Temporal lags by a moment. */
async function treeWith(workflowId: string, workflows: number): Promise<WorkflowTree> {
  return await eventually(async () => {
    const tree = await lab.keboola.tree(workflowId);
    expect(flat(tree)).toHaveLength(workflows);
    expect(flat(tree).filter(({ workflowStatus }) => workflowStatus === 'RUNNING')).toEqual([]);
    return tree;
  });
}

describe.concurrent('the jobs that Keboola spawns below ours', () => {
  it.each([
    ['three levels', { children: [{ ...leaf, children: [leaf, leaf] }, leaf, leaf] }, 6],
    ['a chain of ten', { children: [chain(8)] }, 10],
  ])('make the same tree in the result, in Keboola and in Temporal: %s', async (_, script, jobs) => {
    const { handle, result } = await run(script);
    expect(result).toMatchObject({ status: 'success', childrenComplete: true });
    const inKeboola = childrenInKeboola(await lab.sandbox.jobs(), result.runId);
    expect(Object.keys(inKeboola)).toHaveLength(jobs - 1);
    expect(ofResult(result)).toEqual(inKeboola);
    expect(ofTree(await treeWith(handle.workflowId, jobs))).toEqual(inKeboola);
  });

  it('are named by their ids below the workflow, and show how each has ended', async () => {
    const { handle, result } = await run({
      children: [{ ...leaf, status: 'error', error: 'user', message: 'no table' }],
    });
    const [child] = result.children ?? [];
    expect(child).toMatchObject({ status: 'error', message: 'no table', outcome: 'finished' });
    const observer = server.client.workflow.getHandle(`${handle.workflowId}/${child?.jobId}`);
    expect((await observer.describe()).status.name).toBe('FAILED');
  });

  it('of a job that is stopped are stopped too, and their workflows close', async () => {
    const handle = await lab.start(
      scripted({ durationSeconds: 1_000, children: [{ ...leaf, durationSeconds: 1_000 }] }),
    );
    await eventually(async () => expect(flat(await lab.keboola.tree(handle.workflowId))).toHaveLength(2));
    await handle.cancel();
    await settled(handle);
    const tree = await treeWith(handle.workflowId, 2);
    expect(flat(tree).map(({ workflowStatus, jobStatus }) => [workflowStatus, jobStatus])).toEqual([
      ['CANCELLED', 'terminated'],
      ['CANCELLED', 'terminated'],
    ]);
    expect((await handle.describe()).memo?.[JOB_MEMO]).toMatchObject({ outcome: 'killed-by-us' });
  });

  it('are stopped alone when somebody cancels the workflow of one', async () => {
    const handle = await lab.start(
      scripted({ durationSeconds: 5, children: [{ ...leaf, durationSeconds: 1_000 }, leaf] }),
    );
    const child = await eventually(async () => {
      const { children } = await lab.keboola.tree(handle.workflowId);
      // The short one is over, so that the other one is the long one.
      expect(children.map(({ jobStatus }) => jobStatus).sort()).toEqual(['processing', 'success']);
      return children.find(({ jobStatus }) => jobStatus === 'processing')?.workflowId ?? '';
    });
    await server.client.workflow.getHandle(child).cancel();
    const { result } = await settled(handle);
    expect(result?.children?.map(({ status }) => status).sort()).toEqual(['success', 'terminated']);
  });

  it('cost the history of the parent few events and few bytes each, whatever they answer', async () => {
    const spawned = 20;
    const child = { ...leaf, result: { text: 'x'.repeat(20_000) } };
    const { handle, result } = await run({ children: Array.from({ length: spawned }, () => child) });
    expect(result.children).toHaveLength(spawned);
    const events = await lab.events(handle.workflowId);
    const ends = events.flatMap(
      (event) => event.childWorkflowExecutionCompletedEventAttributes?.result?.payloads ?? [],
    );
    expect(ends).toHaveLength(spawned);
    expect(Math.max(...ends.map(({ data }) => data?.length ?? 0))).toBeLessThan(4_000);
    // Its start, its end, and two for each nudge: none where it is over by itself in time, and up to three on a slow machine.
    const ofChildren = events.filter((event) => OF_CHILDREN.test(Object.keys(event).join()));
    expect(ofChildren.length / spawned).toBeGreaterThanOrEqual(2);
    expect(ofChildren.length / spawned).toBeLessThanOrEqual(9);
  });

  it('get no workflow where its id would be longer than Temporal allows, in bytes', async () => {
    const handle = await lab.start(scripted({ ...leaf, component: undefined, children: [leaf] }), 'ж'.repeat(497));
    const { result } = await settled(handle);
    expect(result).toMatchObject({ status: 'success', childrenComplete: true });
    expect(result?.children).toHaveLength(1);
    expect(flat(await lab.keboola.tree(handle.workflowId))).toHaveLength(1);
  });

  it('are left alone where the author says so', async () => {
    const handle = await lab.start({ ...scripted({ children: [leaf] }), children: 'ignore' });
    const { result } = await settled(handle);
    expect(result).not.toHaveProperty('children');
    expect(result).not.toHaveProperty('childrenComplete');
    expect(flat(await lab.keboola.tree(handle.workflowId))).toHaveLength(1);
  });

  it('are not waited for where there are none', async () => {
    const handle = await lab.start(scripted({ durationSeconds: 1 }));
    const { result } = await settled(handle);
    expect(result).toMatchObject({ status: 'success' });
    expect(result).not.toHaveProperty('children');
    const events = await lab.events(handle.workflowId);
    const activities = events.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
    expect(activities).not.toContain('readDescendants');
  });
});

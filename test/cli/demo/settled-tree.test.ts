import { expect, it } from 'vitest';
import { settledTree } from '../../../src/cli/demo/settled-tree.js';
import type { WorkflowTree } from '../../../src/client/workflow-tree.js';

const MOMENT_MS = 1;
const LOOKS_MAX = 15;

function node(workflowType: string, rest: Partial<WorkflowTree> = {}): WorkflowTree {
  const ended = { workflowStatus: 'COMPLETED', startTime: '2026-11-30T12:00:00.000Z', children: [] };
  return { workflowId: workflowType, runId: '1', workflowType, ...ended, ...rest };
}

const JOB = node('runJob', { jobId: '7' });
const WHOLE = node('runPipeline', { children: [JOB] });

/** Reads these trees one after the other, the last one for ever. */
function shows(...trees: WorkflowTree[]): { read: () => Promise<WorkflowTree>; looks: () => number } {
  let looks = 0;
  const read = (): Promise<WorkflowTree> => {
    looks += 1;
    return Promise.resolve(trees[Math.min(looks, trees.length) - 1] ?? WHOLE);
  };
  return { read, looks: () => looks };
}

it.each([
  ['a child is missing', node('runPipeline')],
  ['a child seems to run', node('runPipeline', { children: [{ ...JOB, workflowStatus: 'RUNNING' }] })],
  ['a job has no id', node('runPipeline', { children: [node('runJob')] })],
])('a tree in which %s is read again until it is whole', async (_, early) => {
  const { read } = shows(early, WHOLE);
  expect(await settledTree(read, MOMENT_MS)).toEqual(WHOLE);
});

it('a tree that is whole is read twice, because a child that is missing shows only by what comes', async () => {
  const { read, looks } = shows(WHOLE);
  await settledTree(read, MOMENT_MS);
  expect(looks()).toBe(2);
});

it('what has no job needs no id of one', async () => {
  const { read, looks } = shows(node('runPipeline', { children: [node('runSyncAction')] }));
  await settledTree(read, MOMENT_MS);
  expect(looks()).toBe(2);
});

it('a tree that never settles is shown as it is', async () => {
  const running = node('runPipeline', { workflowStatus: 'RUNNING' });
  const { read, looks } = shows(running);
  expect(await settledTree(read, MOMENT_MS)).toEqual(running);
  expect(looks()).toBe(LOOKS_MAX);
});

import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { workflowTreeLines } from '../../../src/cli/text/workflow-tree-text.js';
import type { WorkflowTree } from '../../../src/client/workflow-tree.js';

const START = '2026-01-01T00:00:00Z';
const NOW_MS = Date.parse(START) + 90_000;

function node(workflowId: string, more: Partial<WorkflowTree> = {}): WorkflowTree {
  return {
    workflowId,
    runId: 'r',
    workflowType: 'runJob',
    workflowStatus: 'RUNNING',
    startTime: START,
    children: [],
    ...more,
  };
}

function text(tree: WorkflowTree): string[] {
  return workflowTreeLines(tree, NOW_MS).map(stripVTControlCharacters);
}

it('draws one line per workflow below its parent, without repeating the id of the parent', () => {
  const job = { jobId: '7', jobRunId: '1.7', jobStatus: 'processing', component: 'ex-db', config: 'c' };
  const nested = node('p/marts', { workflowType: 'runPipeline', children: [node('p/marts/a', job)] });
  const observed = node('p/b/9', { ...job, jobId: '9', jobRunId: '1.8.9', workflowType: 'waitForJob' });
  const last = node('p/b', { ...job, jobId: '8', jobRunId: '1.8', children: [observed] });
  expect(text(node('p', { workflowType: 'runPipeline', children: [nested, last] }))).toEqual([
    'p · runPipeline · running · 1 min',
    '├─ marts · runPipeline · running · 1 min',
    '│  └─ a · ex-db / c · processing · job 7 · run 1.7 · 1 min',
    '└─ b · ex-db / c · processing · job 8 · run 1.8 · 1 min',
    '   └─ 9 · ex-db / c · processing · run 1.8.9 · 1 min',
  ]);
});

it("says that a workflow was terminated, which the job's status cannot tell", () => {
  const end = { workflowStatus: 'TERMINATED', jobStatus: 'processing', closeTime: '2026-01-01T00:00:05Z' };
  expect(text(node('w', end))).toEqual(['w · runJob · processing (workflow terminated) · 5 s']);
});

it('says that a workflow has closed without having seen the end of its job', () => {
  const end = { workflowStatus: 'FAILED', jobStatus: 'terminating', closeTime: '2026-01-01T00:00:05Z' };
  expect(text(node('w', end))).toEqual(['w · runJob · terminating (workflow failed) · 5 s']);
  expect(text(node('w', { ...end, jobStatus: 'error' }))).toEqual(['w · runJob · error · 5 s']);
});

it('says that there is more than it shows', () => {
  expect(text(node('w', { truncated: true })).at(-1)).toBe('… and more workflows than are shown');
});

it('goes on in the next line with what is wider than the terminal, beside the branch, and breaks no id', () => {
  const job = { jobId: '7', jobRunId: '1.7.123456789', jobStatus: 'processing', component: 'ex-db', config: 'c' };
  const nested = node('p/marts', { ...job, children: [node('p/marts/a', job)] });
  const tree = node('p', { workflowType: 'runPipeline', children: [nested, node('p/b', job)] });
  expect(workflowTreeLines(tree, NOW_MS, 36).map(stripVTControlCharacters)).toEqual([
    'p · runPipeline · running · 1 min',
    '├─ marts · ex-db / c · processing',
    '│  │  job 7 · run 1.7.123456789',
    '│  │  1 min',
    '│  └─ a · ex-db / c · processing',
    '│        job 7 · run 1.7.123456789',
    '│        1 min',
    '└─ b · ex-db / c · processing',
    '      job 7 · run 1.7.123456789',
    '      1 min',
  ]);
});

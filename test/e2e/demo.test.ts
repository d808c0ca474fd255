import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ACTION_TITLE, COOKBOOK_TITLE } from '../../src/cli/demo/demo-all.js';
import { demoPipeline } from '../../src/cli/demo/demo-pipeline.js';
import { DEMO_RUNS } from '../../src/cli/demo/demo-runs.js';
import type { DemoRow } from '../../src/cli/demo/demo-row.js';
import type { WorkflowTree } from '../../src/client/workflow-tree.js';
import { ends } from '../dev/processes.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { descendants } from '../support/descendants.js';
import { eventually } from '../support/eventually.js';
import { flat } from '../support/job-trees.js';
import { required } from '../support/required.js';

const { cli: TEMPORAL_CLI_PATH } = required(inject('devServer'));

interface Told {
  rows: DemoRow[];
  tree: WorkflowTree;
  queueTree: WorkflowTree;
  cookbookTree: WorkflowTree;
}

/** It takes most of a minute where nothing else runs. */
const DEMO_MS_MAX = 400_000;
const APIS = ['Syrup', 'Queue v2'];
const COOKBOOK_WORKFLOWS = ['importTable', 'runJob', 'exportTable', 'runAsyncAction'];

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  expect(await lab.close()).toBe(0);
});

describe.concurrent('`demo`', () => {
  it('ends every job as it should by both job APIs, leaves with 0 and leaves no process behind', async () => {
    const demo = lab.start(['demo', '--all', '--json'], { TEMPORAL_CLI_PATH });
    await eventually(() => expect(descendants(demo.pid).length).toBeGreaterThanOrEqual(2));
    const family = descendants(demo.pid);
    const { code, signal, stdout, stderr } = await demo.end(DEMO_MS_MAX);
    expect([code, signal], `${stdout.slice(0, 2_000)}\n${stderr}`).toEqual([0, null]);
    const { rows, tree, queueTree, cookbookTree } = JSON.parse(stdout) as Told;
    const byBoth = (title: string, told: string): string[][] => APIS.map((api) => [title, api, told]);
    expect(rows.map(({ title, api, told }) => [title, api, told])).toEqual([
      ...DEMO_RUNS.flatMap(({ title, expected }) => byBoth(title, expected)),
      ...byBoth(demoPipeline('default').title, 'warning'),
      [COOKBOOK_TITLE, 'Syrup', 'success'],
      ...byBoth(ACTION_TITLE, 'success'),
    ]);
    for (const pipeline of [tree, queueTree]) {
      // The pipeline, the one within it, its five tasks with a job, and the three jobs that one of those spawns.
      expect(flat(pipeline).filter(({ jobId }) => jobId !== undefined)).toHaveLength(8);
      expect(flat(pipeline)).toHaveLength(10);
    }
    expect(cookbookTree.children.map(({ workflowType }) => workflowType)).toEqual(COOKBOOK_WORKFLOWS);
    for (const pid of family) expect(await ends(pid)).toBe(true);
  }, 450_000);

  it('says at once that its Temporal is gone, and leaves with 7', async () => {
    const demo = lab.start(['demo'], { TEMPORAL_CLI_PATH });
    await demo.says(/ · (Syrup|Queue v2) +processing/);
    const family = descendants(demo.pid);
    const [, server = 0] = family;
    expect(server).toBeGreaterThan(0);
    process.kill(server, 'SIGKILL');
    const { code, stderr } = await demo.end(5_000);
    expect(stderr).toContain('ServerEndedError: Temporal has stopped: its server ended with SIGKILL.');
    expect(code).toBe(7);
    for (const pid of family) expect(await ends(pid)).toBe(true);
  });

  it('stops everything at Ctrl-C in the middle and leaves with 130', async () => {
    const demo = lab.start(['demo'], { TEMPORAL_CLI_PATH });
    await demo.says(/ · (Syrup|Queue v2) +processing/);
    const family = descendants(demo.pid);
    expect(family.length).toBeGreaterThanOrEqual(2);
    const { code, stderr } = await demo.signal('SIGINT').end();
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/^ {4}at /m);
    for (const pid of family) expect(await ends(pid)).toBe(true);
  });
});

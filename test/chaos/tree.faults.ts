import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { expect, it } from 'vitest';
import { readWorkflowTree } from '../../src/client/workflow-tree.js';
import type { PipelineResult } from '../../src/job/pipeline/result.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { flat } from '../support/job-trees.js';
import { Dice } from './support/dice.js';
import { LOST_SHARE_MAX, resultUnlessLost } from './support/lost-in-sending.js';
import { inLanes } from './support/in-lanes.js';
import { JOBS, shapeOf, startTree, WORKFLOWS } from './tree/forty-jobs.js';
import { lateStarts } from './tree/late-starts.js';
import { TREE_DIALECTS, type TreeDialect } from './tree/tree-dialects.js';

const LANES = 4;
/** About as long as a tree takes on a machine of two cores. */
const TREE_MS = 15_000;
const RESTART_MS = 300;
const SETTINGS = { workers: 500, killPropagation: false, killLatencySeconds: 0.5, parallelLimit: 'off' } as const;

/** One instant in each slot of the time that a tree takes. */
function instants(count: number, dice: Dice): number[] {
  return Array.from({ length: count }, (_, slot) => Math.round((slot + dice.next()) * (TREE_MS / count)));
}

async function cancelAt(lab: CliLab, dialect: TreeDialect, atMs: number): Promise<object> {
  const handle = await startTree(lab, dialect, lab.unique('tree'));
  await sleep(atMs);
  await handle.cancel();
  const error: unknown = await handle.result().catch((thrown: unknown) => thrown);
  const isCancelled = error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure;
  // It may have ended before the cancellation came.
  const isRight = isCancelled || !(error instanceof Error);
  const isOver = async (): Promise<void> => {
    const open = flat(await readWorkflowTree(lab.temporal, handle.workflowId)).filter(
      ({ workflowStatus }) => workflowStatus === 'RUNNING',
    );
    expect(open).toEqual([]);
  };
  await eventually(isOver);
  return { isRight, late: await lateStarts(lab.temporal, handle.workflowId) };
}

it.each(TREE_DIALECTS)(
  'a tree of 40 jobs on $name leaves nothing behind, at whatever instant it is cancelled',
  async (dialect) => {
    const lab = await openCliLab(dialect.fixture);
    try {
      await lab.sandbox.settings(SETTINGS);
      await lab.startWorker(dialect.environment);
      const ends = await inLanes(instants(dialect.cancels, new Dice(11)), LANES, (atMs) =>
        cancelAt(lab, dialect, atMs),
      );
      const jobs = await lab.sandbox.jobs();
      const left = jobs.filter(({ isFinished }) => !isFinished);
      process.stdout.write(
        `\ntrees on ${dialect.name} cancelled at ${dialect.cancels} instants: ${jobs.length} jobs, ${left.length} left running\n`,
      );
      expect(left).toEqual([]);
      expect(ends).toEqual(ends.map(() => ({ isRight: true, late: [] })));
    } finally {
      await lab.close();
    }
  },
  600_000,
);

interface Grown {
  shape: unknown;
  posts: number;
  jobs: number;
  jobsInWorld: number;
  workflows: number;
}

/** Lets a tree grow to its end while its worker is killed at an instant, and another one takes over. */
async function killAt(dialect: TreeDialect, atMs?: number): Promise<Grown | { lost: string }> {
  const lab = await openCliLab(dialect.fixture);
  try {
    await lab.sandbox.settings(SETTINGS);
    const worker = await lab.startWorker(dialect.environment);
    const handle = await startTree(lab, dialect, lab.unique('tree'));
    if (atMs !== undefined) {
      await sleep(atMs);
      await worker.signal('SIGKILL').end();
      await sleep(RESTART_MS);
      await lab.startWorker(dialect.environment);
    }
    const end = await resultUnlessLost(lab, handle.workflowId);
    if ('lost' in end) {
      await handle.terminate();
      return end;
    }
    const { posts, jobs, jobsInWorld } = lab.sandbox.counters;
    const tree = await eventually(async () => {
      const read = flat(await readWorkflowTree(lab.temporal, handle.workflowId));
      expect(read).toHaveLength(WORKFLOWS);
      return read;
    });
    return { shape: shapeOf(end.result as PipelineResult), posts, jobs, jobsInWorld, workflows: tree.length };
  } finally {
    await lab.close();
  }
}

it.each(TREE_DIALECTS)(
  'a tree of 40 jobs on $name ends as it would have, at whatever instant its worker is killed',
  async (dialect) => {
    const { kills, name } = dialect;
    const unharmed = await killAt(dialect);
    expect(unharmed).toMatchObject({ posts: 8, jobs: 8, jobsInWorld: JOBS });
    const all = await inLanes(instants(kills, new Dice(12)), 2, (atMs) => killAt(dialect, atMs));
    const harmed = all.flatMap((one) => ('lost' in one ? [] : [one]));
    const lost = all.length - harmed.length;
    const posts = harmed.reduce((sum, one) => sum + one.posts, 0);
    const jobs = harmed.reduce((sum, one) => sum + one.jobs, 0);
    process.stdout.write(
      `\ntrees on ${name} whose worker is killed at ${kills} instants: ${posts} POSTs, ${jobs} jobs, ${lost} lost in sending\n`,
    );
    expect(lost).toBeLessThanOrEqual(Math.ceil(kills * LOST_SHARE_MAX));
    expect(harmed).toEqual(harmed.map(() => unharmed));
  },
  900_000,
);

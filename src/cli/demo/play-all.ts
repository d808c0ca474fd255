import type { KeboolaClient } from '../../client.js';
import type { WorkflowTree } from '../../client/workflow-tree.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import { withTemporal, type Context } from '../context.js';
import { QUEUE_CONNECTION } from '../local-stack.js';
import { openBoard } from './board.js';
import { ACTION_TITLE, cookbookPipeline, playAction } from './demo-all.js';
import { demoPipeline, playPipeline, type DemoPipeline } from './demo-pipeline.js';
import type { DemoRow } from './demo-row.js';
import { DEMO_RUNS } from './demo-runs.js';
import { killInKeboola } from './kill-in-keboola.js';
import { play, type Stage } from './play.js';
import { settledTree } from './settled-tree.js';

/** The outcome of all runs. */
export interface Played {
  table: DemoRow[];
  /** The pipeline's workflows in the Syrup project. */
  tree: WorkflowTree;
  /** The pipeline's workflows in the Queue v2 project. */
  queueTree: WorkflowTree;
  /** Those of the cookbook's pipeline, if it was asked for. */
  cookbookTree?: WorkflowTree;
}

/** Something to play in a project, and the title of its row. */
interface Scene {
  title: string;
  play: (row: DemoRow, stage: Stage) => Promise<void>;
}

interface Play extends Scene {
  connection: string;
  row: DemoRow;
}

/**
 * Plays all runs in every project of the worker, all at the same time.
 *
 * @param all plays the cookbook and an action, too.
 */
export async function playAll(context: Context, all: boolean): Promise<Played> {
  const { connections } = context.settings;
  context.output.say('');
  return await withTemporal(context, async ({ keboola, output }) => {
    const plays = playsIn(await apisOf(keboola), all);
    const rows = plays.map(({ row }) => row);
    const board = await openBoard(rows, output);
    const stageIn = (connection: string): Stage => ({
      keboola,
      connection,
      changed: () => board.changed(),
      killInKeboola: async (jobId) => {
        await Promise.all(
          connections.filter(({ name }) => name === connection).map((one) => killInKeboola(one, jobId)),
        );
      },
    });
    try {
      await Promise.all(plays.map(({ connection, row, play }) => play(row, stageIn(connection))));
    } finally {
      board.close();
    }
    const treeOf = async ({ title }: DemoPipeline, connection: string): Promise<WorkflowTree> => {
      const played = plays.find((one) => one.connection === connection && one.title === title);
      return await settledTree(() => keboola.tree(played?.row.workflowId ?? ''));
    };
    const [tree, queueTree, cookbookTree] = await Promise.all([
      treeOf(demoPipeline(DEFAULT_CONNECTION), DEFAULT_CONNECTION),
      treeOf(demoPipeline(QUEUE_CONNECTION), QUEUE_CONNECTION),
      all ? treeOf(cookbookPipeline(), DEFAULT_CONNECTION) : undefined,
    ]);
    return { table: rows, tree, queueTree, ...(cookbookTree && { cookbookTree }) };
  });
}

/** The worker's connections, and the API that each of them leads to. */
async function apisOf(keboola: KeboolaClient): Promise<Map<string, string>> {
  const { connections } = await keboola.describeWorker({});
  return new Map(connections.map(({ name, api = '-' }) => [name, api]));
}

/** In the order of the table: each scene in one project after the other. */
function playsIn(apis: ReadonlyMap<string, string>, all: boolean): Play[] {
  const plays = [...apis].flatMap(([connection, api]) =>
    scenesIn(connection, all).map((scene) => ({
      ...scene,
      connection,
      row: { title: scene.title, api, line: 'starting' },
    })),
  );
  const titles = plays.map(({ title }) => title);
  return plays.toSorted((one, other) => titles.indexOf(one.title) - titles.indexOf(other.title));
}

function scenesIn(connection: string, all: boolean): Scene[] {
  // The cookbook ends with a component's own call, which Queue v2 does not have.
  const cookbook = all && connection === DEFAULT_CONNECTION ? [cookbookPipeline()] : [];
  const pipelines = [demoPipeline(connection), ...cookbook];
  return [
    ...DEMO_RUNS.map((run): Scene => ({ title: run.title, play: (row, stage) => play(run, row, stage) })),
    ...pipelines.map((pipeline): Scene => ({
      title: pipeline.title,
      play: (row, stage) => playPipeline(pipeline, row, stage),
    })),
    ...(all ? [{ title: ACTION_TITLE, play: playAction }] : []),
  ];
}

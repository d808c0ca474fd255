import { Option, type Command } from 'commander';
import { colors } from '../../../operate/colors.js';
import type { WorkflowTree } from '../../../client/workflow-tree.js';
import { act } from '../../act.js';
import { withTemporal, type Context } from '../../context.js';
import { boardTable, openBoard } from '../../demo/board.js';
import { ACTION_TITLE, cookbookPipeline, playAction } from '../../demo/demo-all.js';
import { DEMO_PIPELINE, playPipeline } from '../../demo/demo-pipeline.js';
import { DEMO_RUNS } from '../../demo/demo-runs.js';
import { play, type DemoRow } from '../../demo/play.js';
import { EXIT } from '../../exit/exit-codes.js';
import type { LocalStack } from '../../local-stack.js';
import { untilStopped } from '../../until-stopped.js';
import { workflowTreeLines } from '../../text/workflow-tree-text.js';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Run a job of every outcome on this machine, show what became of them, and leave nothing behind')
    .addOption(
      new Option(
        '--break',
        'break things instead: the same accidents for a plain Temporal poll loop and for ours',
      ).conflicts(['keep', 'all']),
    )
    .option('--all', 'also run the pipeline of the cookbook, from a CSV to GoodData, and a synchronous action')
    .option('--keep', 'stay up afterwards, to look at the Web UI')
    .addHelpText(
      'after',
      '\nExamples:\n  keboola-temporal demo\n  keboola-temporal demo --all\n  keboola-temporal demo --break',
    )
    .action(act(demo));
}

async function demo(context: Context, options: { all?: boolean; keep?: boolean; break?: boolean }): Promise<number> {
  if (options.break) return await (await import('../../../../demo/break/run-break.js')).runBreak(context);
  const { installRuntime } = await import('../../../operate/run-worker.js');
  const { openLocalStack } = await import('../../local-stack.js');
  installRuntime('ERROR');
  const stack = await openLocalStack(context, { speed: 1, sandboxOnly: true });
  // Not earlier: a server may have to be built first, and Ctrl-C must end that, too.
  const stopped = untilStopped();
  try {
    const played = await Promise.race([playAll(context, stack, options.all ?? false), stopped]);
    if (typeof played === 'number') return played;
    const { table, tree, cookbookTree } = played;
    const text = [
      boardTable(table),
      colors.bold('The pipeline, one workflow per job, as `keboola-temporal tree` shows it:'),
      ...workflowTreeLines(tree, Date.now()),
      ...(cookbookTree
        ? [colors.bold('\nThe pipeline of the cookbook:'), ...workflowTreeLines(cookbookTree, Date.now())]
        : []),
      options.keep
        ? `\nWeb UI: ${stack.uiUrl ?? '-'}  (Ctrl-C stops everything)`
        : '\nAll of it is stopped now; with --keep it stays up, with the Web UI of Temporal.',
    ].join('\n');
    context.output.result(
      { rows: table, tree, ...(cookbookTree && { cookbookTree }), ...(options.keep && { uiUrl: stack.uiUrl }) },
      text,
    );
    if (options.keep) await stopped;
    return table.every(({ asExpected }) => asExpected) ? EXIT.success : EXIT.jobFailed;
  } finally {
    await stack.stop();
  }
}

/** What came of all runs. */
interface Played {
  table: DemoRow[];
  /** Of the pipeline. */
  tree: WorkflowTree;
  /** Of the pipeline of the cookbook, where it was asked for. */
  cookbookTree?: WorkflowTree;
}

async function playAll(context: Context, { settings, sandbox }: LocalStack, all: boolean): Promise<Played> {
  context.output.say('');
  const cookbook = all ? cookbookPipeline() : undefined;
  const jobs = DEMO_RUNS.map(({ title }) => rowOf(title));
  const pipeline = rowOf(DEMO_PIPELINE.title);
  const [more, action] = [cookbook && rowOf(cookbook.title), all ? rowOf(ACTION_TITLE) : undefined];
  const rows = [...jobs, pipeline, more, action].filter((row) => row !== undefined);
  return await withTemporal({ ...context, settings }, async ({ keboola, output }) => {
    const board = openBoard(rows, output);
    const killInKeboola = async (jobId: string): Promise<void> => {
      await fetch(`${sandbox?.url ?? ''}/queue/jobs/${jobId}/kill`, {
        method: 'POST',
        headers: { 'x-storageapi-token': sandbox?.token ?? '' },
      });
    };
    try {
      const stage = { keboola, killInKeboola, changed: () => board.changed() };
      await Promise.all([
        ...DEMO_RUNS.map((run, index) => play(run, jobs[index] as DemoRow, stage)),
        playPipeline(DEMO_PIPELINE, pipeline, stage),
        ...(cookbook && more ? [playPipeline(cookbook, more, stage)] : []),
        ...(action ? [playAction(keboola, action, stage.changed)] : []),
      ]);
    } finally {
      board.close();
    }
    const tree = await keboola.tree(pipeline.workflowId ?? '');
    return { table: rows, tree, ...(more && { cookbookTree: await keboola.tree(more.workflowId ?? '') }) };
  });
}

function rowOf(title: string): DemoRow {
  return { title, line: 'starting' };
}

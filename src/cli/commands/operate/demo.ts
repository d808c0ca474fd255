import { Option, type Command } from 'commander';
import { colors } from '../../../operate/colors.js';
import { act } from '../../act.js';
import type { Context } from '../../context.js';
import { boardTable } from '../../demo/board-table.js';
import { playAll, type Played } from '../../demo/play-all.js';
import { EXIT } from '../../exit/exit-codes.js';
import { untilOver, whileItLasts } from '../../until-over.js';
import { keptText } from '../../text/stack-text.js';
import { workflowTreeLines } from '../../text/workflow-tree-text.js';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'Run a job for every outcome through both job APIs on this machine, show how each ended, and leave nothing behind',
    )
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
  installRuntime({ logLevel: 'ERROR' });
  const stack = await openLocalStack(context, { speed: 1, sandboxOnly: true });
  // Not before this point: a server may have to be built first, and Ctrl-C must end that, too.
  const over = untilOver(stack);
  try {
    const played = await whileItLasts(playAll({ ...context, settings: stack.settings }, options.all ?? false), over);
    if (typeof played === 'number') return played;
    const { table: rows, ...trees } = played;
    const lastWord = options.keep
      ? keptText(stack)
      : '\nAll of it is stopped now; with --keep it stays up, with the Web UI of Temporal.';
    context.output.result(
      { rows, ...trees, ...(options.keep && { uiUrl: stack.uiUrl, temporalAddress: stack.temporalAddress }) },
      [...playedLines(played, context.output.width), lastWord].join('\n'),
    );
    if (options.keep) await over;
    return rows.every(({ asExpected }) => asExpected) ? EXIT.success : EXIT.jobFailed;
  } finally {
    await stack.stop();
  }
}

function playedLines({ table, tree, cookbookTree }: Played, width: number | undefined): string[] {
  const nowMs = Date.now();
  return [
    boardTable(table, width),
    colors.bold('One of the two pipelines, as `keboola-temporal tree` shows it:'),
    ...workflowTreeLines(tree, nowMs, width),
    ...(cookbookTree
      ? [colors.bold('\nThe pipeline of the cookbook:'), ...workflowTreeLines(cookbookTree, nowMs, width)]
      : []),
  ];
}

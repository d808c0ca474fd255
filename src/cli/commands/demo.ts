import { Option, type Command } from 'commander';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { boardTable, openBoard } from '../demo/board.js';
import { DEMO_RUNS } from '../demo/demo-runs.js';
import { play, type DemoRow } from '../demo/play.js';
import { EXIT } from '../exit-codes.js';
import type { LocalStack } from '../local-stack.js';
import { untilStopped } from '../until-stopped.js';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Run a job of every outcome on this machine, show what became of them, and leave nothing behind')
    .addOption(
      new Option(
        '--break',
        'break things instead: the same accidents for a plain Temporal poll loop and for ours',
      ).conflicts('keep'),
    )
    .option('--keep', 'stay up afterwards, to look at the Web UI')
    .addHelpText('after', '\nExamples:\n  keboola-temporal demo\n  keboola-temporal demo --break')
    .action(act(demo));
}

async function demo(context: Context, options: { keep?: boolean; break?: boolean }): Promise<number> {
  if (options.break) return await (await import('../demo/break/run-break.js')).runBreak(context);
  const { installRuntime } = await import('../start-worker.js');
  const { openLocalStack } = await import('../local-stack.js');
  installRuntime('ERROR');
  const stack = await openLocalStack(context, { speed: 1, sandboxOnly: true });
  // Not earlier: a server may have to be built first, and Ctrl-C must end that, too.
  const stopped = untilStopped();
  try {
    const rows = await Promise.race([playAll(context, stack), stopped]);
    if (typeof rows === 'number') return rows;
    const text = `${boardTable(rows)}\nWeb UI: ${stack.uiUrl ?? '-'}${options.keep ? '  (Ctrl-C stops everything)' : ''}`;
    context.output.result({ rows, uiUrl: stack.uiUrl }, text);
    if (options.keep) await stopped;
    return rows.every(({ asExpected }) => asExpected) ? EXIT.success : EXIT.jobFailed;
  } finally {
    await stack.stop();
  }
}

async function playAll(context: Context, { settings, sandbox }: LocalStack): Promise<DemoRow[]> {
  context.output.say('');
  const rows = DEMO_RUNS.map(({ title }): DemoRow => ({ title, line: 'starting' }));
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
      await Promise.all(DEMO_RUNS.map((run, index) => play(run, rows[index] as DemoRow, stage)));
    } finally {
      board.close();
    }
    return rows;
  });
}

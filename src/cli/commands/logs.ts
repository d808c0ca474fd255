import type { Command } from 'commander';
import { colors } from '../../operate/colors.js';
import { LOG_LINES_MAX, type JobLogs, type LogLine } from '../../job/questions.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { logLines } from '../text/log-text.js';
import { countUpTo } from '../options/numbers.js';
import { paintStatus } from '../text/output.js';

export function addLogs(program: Command): void {
  program
    .command('logs')
    .description("Show a job's message, and the latest events of the job and of those below it")
    .argument('<id>', 'workflow id, Keboola job id, or a link to either')
    .option('--limit <n>', `how many events, at most ${LOG_LINES_MAX}`, countUpTo(LOG_LINES_MAX), 20)
    .addHelpText('after', '\nExample:\n  keboola-temporal logs 186985832 --limit 100')
    .action(act(logs));
}

async function logs(context: Context, id: string, { limit }: { limit: number }): Promise<number> {
  return await withTemporal(context, async ({ keboola, connection, output }) => {
    const found = await keboola.logs(id, { limit, ...(connection !== undefined && { connection }) });
    output.result(found, textOf(found));
    return EXIT.success;
  });
}

function textOf(found: JobLogs): string {
  const { status, jobId, component, config, message, exceptionId, runId, page, eventsMissing } = found;
  const lines = [
    `${paintStatus(status)} · job ${jobId} · ${component}${config === undefined ? '' : ` / ${config}`}`,
    message,
    exceptionId === undefined ? undefined : `exception id ${exceptionId}`,
    colors.dim(`run id ${runId} · ${page}`),
    eventsMissing === undefined ? undefined : `no events: ${eventsMissing}`,
    ...eventLines(found.events),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function eventLines(events: readonly LogLine[]): string[] {
  return events.length === 0 ? [] : ['', ...logLines(events)];
}

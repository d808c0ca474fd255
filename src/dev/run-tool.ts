import { startGuarded } from './guarded-process.js';
import type { Report } from './report.js';

export interface ToolRun {
  command: string;
  args: readonly string[];
  cwd?: string;
  /** Added to our own environment. */
  env?: Record<string, string>;
  /** What is being done, for the progress line: "Building … with Go". */
  label: string;
  timeoutMs: number;
  /** Asked every second: a sentence when it makes no sense to wait on, say because a download stands still. */
  giveUp?: (elapsedMs: number) => string | undefined;
  report: Report;
  /** The clock that counts the time. Default: one that nobody can set. */
  nowMs?: () => number;
}

const lastLinesMax = 6;

/**
 * Runs a long tool with a progress line that shows the elapsed time. The tool is ended when its time is up, and when
 * our process ends.
 *
 * @returns undefined when the tool succeeded, else a sentence that says why not, with its last words.
 */
export async function runTool(run: ToolRun): Promise<string | undefined> {
  const { nowMs = () => performance.now() } = run;
  const startMs = nowMs();
  const started = await startGuarded({ ...run, graceMs: 2_000 }).catch((error: unknown) => reasonOf(error));
  if (typeof started === 'string') return `${run.command} could not be started: ${started}`;

  let givenUp: string | undefined;
  const progress = setInterval(() => {
    const elapsedMs = nowMs() - startMs;
    run.report(`${run.label} (${Math.round(elapsedMs / 1000)} s)`, 'progress');
    const timeUp = elapsedMs >= run.timeoutMs ? `not done after ${Math.round(run.timeoutMs / 1000)} s` : undefined;
    givenUp = timeUp ?? run.giveUp?.(elapsedMs);
    if (givenUp === undefined) return;
    clearInterval(progress);
    void started.stop();
  }, 1_000);
  const { code, signal } = await started.ended;
  clearInterval(progress);

  if (code === 0 && givenUp === undefined) return undefined;
  const lastWords = started.tail.lines(lastLinesMax);
  const why = givenUp ?? (code === null ? `ended by ${signal ?? 'a signal'}` : `exit code ${code}`);
  return `${run.command} failed: ${why}${lastWords === '' ? '' : `\n${lastWords}`}`;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

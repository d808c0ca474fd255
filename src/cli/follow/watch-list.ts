import { setTimeout as sleep } from 'node:timers/promises';
import type { JobRow } from '../../client/list-jobs.js';
import { colors } from '../../operate/colors.js';
import { isUnreachable } from '../../operate/unreachable.js';
import { statusText } from '../text/job-table.js';
import type { Output } from '../text/output.js';
import { untilStopped } from '../until-stopped.js';
import { drawWhile } from './draw.js';
import { fittedTables } from './fitted-table.js';

const LOOK_MS = 2_000;
/** The line below the table, and the line of the cursor. */
const LINES_BELOW = 2;

type Look = () => Promise<JobRow[]>;

/**
 * Shows jobs as they change, until it is stopped: redrawn in place on a terminal, otherwise as a line per change.
 *
 * @param none what to show if there are no jobs.
 * @returns the exit code.
 * @throws what the first look throws; if Temporal does not answer a later one, it is asked again.
 */
export async function watchList(look: Look, output: Output, none: string): Promise<number> {
  // Listen before the first look: a reader may stop the command at once, also while Temporal does not answer.
  const stopped = untilStopped();
  const first = await Promise.race([look(), stopped]);
  if (typeof first === 'number') return first;
  const watched = { first, look, stopped };
  return output.live ? await drawn(watched, output, none) : await inLines(watched, output);
}

/** What is watched, from the first look until it is stopped with an exit code. */
interface Watched {
  first: JobRow[];
  look: Look;
  stopped: Promise<number>;
}

async function drawn({ first, look, stopped }: Watched, output: Output, none: string): Promise<number> {
  const tableOf = fittedTables(LINES_BELOW);
  let [rows, trouble] = [first, ''];
  const render = (wheel: string): string => {
    const { text, left } = rows.length === 0 ? { text: none, left: 0 } : tableOf(rows);
    const more = left > 0 ? `, ${left} more` : '';
    return `${text}\n${wheel} ${colors.dim(`Ctrl-C ends this${more}`)}${trouble}`;
  };
  return await drawWhile(output, render, () =>
    untilOver(stopped, look, (seen) => {
      if ('jobs' in seen) [rows, trouble] = [seen.jobs, ''];
      else trouble = `  ${seen.trouble}`;
    }),
  );
}

async function inLines({ first, look, stopped }: Watched, output: Output): Promise<number> {
  let told = new Map<string, string>();
  const tell = (jobs: readonly JobRow[]): void => {
    const lines = new Map(jobs.map((row) => [row.runId, lineOf(row)]));
    for (const [runId, line] of [...lines].reverse()) if (told.get(runId) !== line) output.say(line);
    told = lines;
  };
  tell(first);
  let trouble = '';
  return await untilOver(stopped, look, (seen) => {
    const now = 'trouble' in seen ? seen.trouble : '';
    if (now !== trouble) output.say(now || 'Temporal answers again');
    trouble = now;
    if ('jobs' in seen) tell(seen.jobs);
  });
}

function lineOf(row: JobRow): string {
  return `${row.jobId ?? '-'}  ${statusText(row)}  ${row.workflowId}`;
}

type Seen = { jobs: JobRow[] } | { trouble: string };

async function untilOver(stopped: Promise<number>, look: Look, report: (seen: Seen) => void): Promise<number> {
  const over = new AbortController();
  const ended = stopped.finally(() => over.abort());
  const looking = lookOften(look, report, over.signal);
  // A look that fails for good ends the command, too.
  await Promise.race([ended, looking]);
  return await ended;
}

/** Loops until the person who is watching stops it. */
async function lookOften(look: Look, report: (seen: Seen) => void, over: AbortSignal): Promise<void> {
  const isOver = (): boolean => over.aborted;
  while (!isOver()) {
    await sleep(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
    if (isOver()) return;
    try {
      report({ jobs: await look() });
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      report({ trouble: 'Temporal does not answer; it is asked again' });
    }
  }
}

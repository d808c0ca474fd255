import { inspect } from 'node:util';
import { DefaultLogger, type LogEntry, type LogLevel, type LogMetadata } from '@temporalio/worker';
import { jobOfFailure } from '../../job/failure/job-of-failure.js';
import { shown, shownInLine } from '../colors.js';
import { terminal } from '../terminal.js';
import { errorChain } from './error-chain.js';
import { jsonLine } from './json-line.js';
import { isTold } from './log-levels.js';

export type LogFormat = 'pretty' | 'json';

/** Events that are nobody's fault and that nobody can do anything about. */
const OF_NO_USE = [
  // A fast step was too slow: a normal activity has taken its place, and its own result is not needed.
  'Tried to complete untracked local activity',
  // The client that asked, or the workflow, went away at the same moment.
  'Query not found when attempting to respond to it',
  'Task not found when completing',
];

/** What an event with an error is about. Its other facts are only for those who look for a bug of ours. */
const ABOUT = ['workflowType', 'workflowId', 'activityType', 'attempt', 'connection', 'taskQueue'];

/** Marks an event whose line says already what it is about, so that people do not read it twice. */
const SAID_IN_LINE = Symbol('said in the line');

/**
 * Logs as the SDK does, but with a failure in one line: a stack trace of our code helps nobody, unless DEBUG was asked
 * for. A line may contain messages of jobs and texts of authors, so a terminal obeys nothing in it, and none of them
 * begins a line of its own.
 *
 * `alsoTo` is called with each event that is written.
 */
export class WorkerLog extends DefaultLogger {
  constructor(
    level: LogLevel,
    private readonly format: LogFormat = 'pretty',
    alsoTo: (entry: LogEntry) => void = () => undefined,
  ) {
    const pretty = isTold('DEBUG', level) ? prettyLine : (entry: LogEntry): string => prettyLine(inOneLine(entry));
    super(level, (entry) => {
      terminal.remark(format === 'json' ? jsonLine(entry) : pretty(entry));
      alsoTo(entry);
    });
  }

  override log(level: LogLevel, message: string, meta?: LogMetadata): void {
    if (OF_NO_USE.includes(message)) {
      super.log('DEBUG', message, meta);
      return;
    }
    if (message !== 'Workflow failed' || !(meta?.['error'] instanceof Error)) {
      super.log(level, message, meta);
      return;
    }
    const { error, ...facts } = meta as { workflowId?: string; workflowType?: string; error: Error };
    const line = `${facts.workflowType ?? 'workflow'} ${facts.workflowId ?? ''} failed: ${error.message}`;
    super.log(level, line, { ...facts, ...jobOfFailure(error), [SAID_IN_LINE]: true });
  }
}

/** Puts what has failed, and what it is about, into the message. */
export function inOneLine(entry: LogEntry): LogEntry {
  const { error, ...facts } = entry.meta ?? {};
  if (!(error instanceof Error)) return entry;
  const about = ABOUT.filter((name) => facts[name] !== undefined).map((name) => `${name} ${String(facts[name])}`);
  const where = about.length === 0 ? '' : ` (${about.join(', ')})`;
  const { meta: _meta, ...rest } = entry;
  return { ...rest, message: `${entry.message}: ${errorChain(error)}${where}` };
}

const NANOS_PER_MILLI = 1_000_000n;

/** The line that the SDK writes, without its colours: they could not be told from colours that others bring along. */
function prettyLine({ level, timestampNanos, message, meta }: LogEntry): string {
  const time = new Date(Number(timestampNanos / NANOS_PER_MILLI)).toISOString();
  const rest = meta === undefined || isSaid(meta, message) ? '' : ` ${inspect(meta)}`;
  return `${time} [${level}] ${shownInLine(message)}${shown(rest)}\n`;
}

/** Whether people would read twice what the line is about. */
function isSaid(meta: LogMetadata, message: string): boolean {
  return SAID_IN_LINE in meta || Object.values(meta).every((one) => typeof one === 'string' && message.includes(one));
}

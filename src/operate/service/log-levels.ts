import type { LogLevel } from '@temporalio/worker';

/** From events for developers alone to events that end a worker. */
const LEVELS: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Whether a log of level `logLevel` contains an event. */
export function isTold(event: LogLevel, logLevel: LogLevel): boolean {
  return LEVELS.indexOf(event) >= LEVELS.indexOf(logLevel);
}

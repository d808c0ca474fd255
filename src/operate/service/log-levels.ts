import type { LogLevel } from '@temporalio/worker';

/** From what is for developers alone to what ends a worker. */
const LEVELS: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Whether a log of a level tells events of another one. */
export function isTold(event: LogLevel, logLevel: LogLevel): boolean {
  return LEVELS.indexOf(event) >= LEVELS.indexOf(logLevel);
}

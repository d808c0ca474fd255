import { shown } from '../colors.js';
import { terminal } from '../terminal.js';
import { jsonLineNow } from './json-line.js';
import type { LogFormat } from './worker-log.js';

/** Says what is told whatever the log level: as it is for people, or as one more line of the log's JSON. */
export function tellStart(format: LogFormat, message: string, facts: object = {}): void {
  terminal.remark(format === 'json' ? jsonLineNow('INFO', message, facts) : `${shown(message)}\n`);
}

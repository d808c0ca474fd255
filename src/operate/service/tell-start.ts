import { shown } from '../colors.js';
import { terminal } from '../terminal.js';
import { jsonLineNow } from './json-line.js';
import type { LogFormat } from './worker-log.js';

/** Writes what must be seen at any log level: as plain text for people, or as a line of the JSON log. */
export function tellStart(format: LogFormat, message: string, facts: object = {}): void {
  terminal.remark(format === 'json' ? jsonLineNow('INFO', message, facts) : `${shown(message)}\n`);
}

import { shown } from '../colors.js';
import { terminal } from '../terminal.js';
import { jsonLine } from './json-line.js';
import type { LogFormat } from './worker-log.js';

const NANOS_PER_MILLI = 1_000_000n;

/** Says what is told whatever the log level: as it is for people, or as one more line of the log's JSON. */
export function tellStart(format: LogFormat, message: string, facts: object = {}): void {
  const timestampNanos = BigInt(Date.now()) * NANOS_PER_MILLI;
  const line = (): string => jsonLine({ level: 'INFO', timestampNanos, message, meta: { ...facts } });
  terminal.remark(format === 'json' ? line() : `${shown(message)}\n`);
}

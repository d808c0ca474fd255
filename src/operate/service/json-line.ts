import { inspect } from 'node:util';
import type { LogEntry, LogLevel, LogMetadata } from '@temporalio/worker';
import { cut } from '../../job/text/well-formed.js';

/** Facts of an event that have a field of their own; the others go below `meta`. */
export const FIELDS: readonly string[] = [
  'workflowId',
  'runId',
  'workflowType',
  'activityType',
  'jobId',
  'connection',
  'taskQueue',
];
const META_LENGTH_MAX = 8_000;
const NANOS_PER_MILLI = 1_000_000n;

/**
 * One event of the worker's log in one line: `time` (ISO 8601), `level`, `message`, its facts, and the rest as `meta`.
 */
export function jsonLine({ level, timestampNanos, message, meta = {} }: LogEntry): string {
  const time = new Date(Number(timestampNanos / NANOS_PER_MILLI)).toISOString();
  const about = Object.fromEntries(Object.entries(meta).filter(([name]) => FIELDS.includes(name)));
  return `${JSON.stringify({ time, level, message, ...about, ...restOf(meta) }, plain)}\n`;
}

/** A line that is not written by the worker's logger: before there is a worker, or as its last words. */
export function jsonLineNow(level: LogLevel, message: string, facts: object = {}): string {
  const timestampNanos = BigInt(Date.now()) * NANOS_PER_MILLI;
  return jsonLine({ level, timestampNanos, message, meta: { ...facts } });
}

function restOf(meta: LogMetadata): { meta?: unknown } {
  const others = Object.fromEntries(Object.entries(meta).filter(([name]) => !FIELDS.includes(name)));
  if (Object.keys(others).length === 0) return {};
  const text = textOf(others);
  return {
    meta: text !== undefined && text.length <= META_LENGTH_MAX ? others : cut(inspect(others), META_LENGTH_MAX),
  };
}

/** Undefined for an object that refers to itself. */
function textOf(value: object): string | undefined {
  try {
    return JSON.stringify(value, plain);
  } catch {
    return undefined;
  }
}

/** Converts what JSON cannot express. */
function plain(_: string, value: unknown): unknown {
  if (value instanceof Error) {
    const { name, message, cause } = value;
    return { name, message, ...(cause !== undefined && { cause }) };
  }
  return typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function' ? String(value) : value;
}

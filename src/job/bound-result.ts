import { cut } from './text/well-formed.js';

/** A job's result travels through workflow history, so it is bounded; Keboola still has all of it. */
export const RESULT_BYTES_MAX = 64 * 1024;

/** A whole answer travels through history too, and Temporal warns of payloads from 512 KiB on. */
export const ANSWER_BYTES_MAX = 500 * 1024;

export interface BoundResult {
  result?: unknown;
  truncated?: true;
}

/**
 * Keeps a result of up to `bytesMax` bytes of JSON whole. A larger one is replaced by its short top-level texts and
 * numbers, because that is where Keboola puts what people read.
 */
export function boundResult(result: unknown, bytesMax = RESULT_BYTES_MAX): BoundResult {
  if (result === undefined || result === null || isEmpty(result)) return {};
  if (jsonBytes(result) <= bytesMax) return { result };
  return { result: summary(result, bytesMax), truncated: true };
}

const TEXT_LENGTH_MAX = 1_000;

function summary(result: unknown, bytesMax: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  if (typeof result !== 'object' || result === null) return kept;
  let bytes = 2;
  for (const [key, value] of Object.entries(result) as [string, unknown][]) {
    const short = typeof value === 'string' ? cut(value, TEXT_LENGTH_MAX) : value;
    if (typeof short === 'object') continue;
    bytes += jsonBytes(key) + jsonBytes(short) + 2;
    if (bytes > bytesMax) break;
    kept[key] = short;
  }
  return kept;
}

/** Infinite for a value that is nested too deeply to be serialized again. */
export function jsonBytes(value: unknown): number {
  try {
    return new TextEncoder().encode(JSON.stringify(value)).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

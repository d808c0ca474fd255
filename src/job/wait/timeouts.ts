import type { Budgets } from './budgets.js';
import { DURATION_EXPECTED, durationMs, type Duration } from '../text/duration.js';
import { cut } from '../text/well-formed.js';

/** New time limits for a job that exists or waits to be created. An omitted limit stays; null removes it. */
export interface Timeouts {
  queueTimeout?: Duration | null;
  runTimeout?: Duration | null;
}

/** The limits in force, in milliseconds. */
export interface TimeoutsInForce {
  queueTimeoutMs?: number;
  runTimeoutMs?: number;
}

const FIELDS = ['queueTimeout', 'runTimeout'] as const;

/** @returns all problems at once; an empty list if the limits can be used. */
export function timeoutProblems(given: unknown): string[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return ['expected a JSON object'];
  const unknown = Object.keys(given).filter((key) => !(FIELDS as readonly string[]).includes(key));
  const wrong = FIELDS.filter((field) => {
    const value = (given as Record<string, unknown>)[field];
    return value !== undefined && value !== null && durationMs(value) === undefined;
  });
  return [
    ...unknown.slice(0, 10).map((key) => `${cut(key, 100)}: unknown field`),
    ...wrong.map((field) => `${field}: ${DURATION_EXPECTED}`),
  ];
}

/** Applies limits in which `timeoutProblems` has found nothing wrong. Idempotent. */
export function withTimeouts(budgets: Budgets, given: Timeouts): Budgets {
  const { queueTimeoutMs, runTimeoutMs, ...since } = budgets;
  const queue = changed(queueTimeoutMs, given.queueTimeout);
  const run = changed(runTimeoutMs, given.runTimeout);
  return {
    ...since,
    ...(queue !== undefined && { queueTimeoutMs: queue }),
    ...(run !== undefined && { runTimeoutMs: run }),
  };
}

export function timeoutsOf({ queueTimeoutMs, runTimeoutMs }: Budgets): TimeoutsInForce {
  return {
    ...(queueTimeoutMs !== undefined && { queueTimeoutMs }),
    ...(runTimeoutMs !== undefined && { runTimeoutMs }),
  };
}

function changed(before: number | undefined, given: Duration | null | undefined): number | undefined {
  if (given === undefined) return before;
  return given === null ? undefined : durationMs(given);
}

import type { RunPolicy } from './input.js';

export const ACTION_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A call of a component that makes a job, other than `run`. */
export interface AsyncCall {
  method: (typeof ACTION_METHODS)[number];
  /** From the root of Keboola's applications, for example `/gooddata-writer/v2/main/projects`, with a query if need be. */
  path: string;
  body?: Record<string, unknown>;
}

/** The contract of `runAsyncAction`: a call of a component's own, answered by a job that is waited for. */
export interface RunAsyncActionInput extends AsyncCall, RunPolicy {}

/** The call alone, without how to watch over its job. */
export function whatToCall({ method, path, body }: RunAsyncActionInput): { call: AsyncCall } {
  return { call: { method, path, ...(body !== undefined && { body }) } };
}

import type { RunPolicy } from './input.js';

export const ACTION_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A call of a component, other than `run`, that creates a job. */
export interface AsyncCall {
  method: (typeof ACTION_METHODS)[number];
  /** Path from the root of Keboola's applications, such as `/gooddata-writer/v2/main/projects`; may include a query. */
  path: string;
  body?: Record<string, unknown>;
}

/** The contract of `runAsyncAction`: calls a component's own endpoint and waits for the job that it answers with. */
export interface RunAsyncActionInput extends AsyncCall, RunPolicy {}

/** The call alone, without the settings for watching over its job. */
export function whatToCall({ method, path, body }: RunAsyncActionInput): { call: AsyncCall } {
  return { call: { method, path, ...(body !== undefined && { body }) } };
}

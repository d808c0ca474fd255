import { expect } from 'vitest';
import type { ControlledClock, Sandbox, SandboxOptions } from '../../../../src/sandbox/index.js';
import { ask, pausedSandbox } from '../../support.js';
import { problemOf } from './contract/schema-of.js';

export const TOKEN = '5555-1-queue';
export const HTTP = 'keboola.ex-http';

export interface QueueJob {
  [key: string]: unknown;
  id: string;
  runId: string;
  parentRunId: string | null;
  status: string;
  isFinished: boolean;
  result: Record<string, unknown>;
}

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  json: QueueJob & { error?: string; code?: number; context?: unknown };
}

interface Ask {
  body?: unknown;
  rawBody?: string;
  token?: string | null;
  headers?: Record<string, string>;
}

/** A sandbox whose clock stands still; its daemon comes by each second. */
export function queueSandbox(options: Omit<SandboxOptions, 'clock' | 'speed'> = {}): Promise<Sandbox<ControlledClock>> {
  return pausedSandbox(options);
}

/** One call of Queue v2. Whatever it answers is held against the contract. */
export async function call(sandbox: Sandbox, line: string, options: Ask = {}): Promise<Reply> {
  const [method, path] = line.split(' ') as ['GET' | 'POST' | 'DELETE', string];
  const { status, headers, json } = await ask(sandbox, path, { token: TOKEN, ...options, method });
  expect([line, status, problemOf(method, path, status, json)]).toEqual([line, status, undefined]);
  return { status, headers, json: json as unknown as Reply['json'] };
}

export async function create(sandbox: Sandbox, body: object, headers: Record<string, string> = {}): Promise<QueueJob> {
  const { status, json } = await call(sandbox, 'POST /jobs', { body, headers });
  if (status !== 201) throw new Error(`create answered ${status} ${JSON.stringify(json)}`);
  return json;
}

/** A job that does what a script says. */
export function createScript(
  sandbox: Sandbox,
  script: object,
  headers: Record<string, string> = {},
): Promise<QueueJob> {
  return create(sandbox, { component: HTTP, configData: { parameters: { sandbox: script } } }, headers);
}

export async function read(sandbox: Sandbox, id: string): Promise<QueueJob> {
  return (await call(sandbox, `GET /jobs/${id}`)).json;
}

/** Jobs of a list, by path and query. */
export async function list(sandbox: Sandbox, path: string): Promise<QueueJob[]> {
  const { status, json } = await call(sandbox, `GET ${path}`);
  if (status !== 200) throw new Error(`${path} answered ${status} ${JSON.stringify(json)}`);
  return json as unknown as QueueJob[];
}

export async function search(sandbox: Sandbox, query = ''): Promise<QueueJob[]> {
  return list(sandbox, `/search/jobs${query}`);
}

export const idsOf = (jobs: readonly QueueJob[]): string[] => jobs.map(({ id }) => id);

/** All jobs, as they are now and in the order of their creation. */
export async function all(sandbox: Sandbox): Promise<QueueJob[]> {
  return (await call(sandbox, 'GET /jobs?sortOrder=asc')).json as unknown as QueueJob[];
}

export const shown = (jobs: QueueJob[], ...keys: string[]): unknown[] => jobs.map((job) => keys.map((key) => job[key]));

import type { ControlledClock, Sandbox } from '../../src/sandbox/index.js';
import { ask } from './support.js';

/** A job of Storage as it is on the wire. */
export interface StorageJobDocument {
  id: number;
  status: string;
  url: string;
  tableId: string | null;
  operationName: string;
  operationParams: Record<string, unknown>;
  createdTime: string;
  startTime: string | null;
  endTime: string | null;
  runId: string | null;
  results: unknown;
  metrics: Record<string, unknown>;
  error?: { code: string; message: string; exceptionId: string };
}

interface Storage {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
}

interface StorageReply<T> {
  status: number;
  text: string;
  json: T;
}

/** One call of Storage; paths are below `/v2/storage`. */
export async function storage<T = Record<string, unknown>>(
  sandbox: Sandbox,
  path: string,
  options: Storage = {},
): Promise<StorageReply<T>> {
  const { status, text, json } = await ask(sandbox, `/v2/storage${path}`, options);
  return { status, text, json: json as unknown as T };
}

/** Asks for an operation and answers the job that accepts it. */
export async function accepted(sandbox: Sandbox, path: string, options: Storage = {}): Promise<StorageJobDocument> {
  const { status, text, json } = await storage<StorageJobDocument>(sandbox, path, { method: 'POST', ...options });
  if (status !== 202) throw new Error(`${path} answered ${status} ${text}`);
  return json;
}

export async function readStorageJob(sandbox: Sandbox, id: number | string): Promise<StorageJobDocument> {
  const { status, text, json } = await storage<StorageJobDocument>(sandbox, `/jobs/${id}`);
  if (status !== 200) throw new Error(`the job answered ${status} ${text}`);
  return json;
}

/** Asks for an operation, lets its time pass and answers the job that is over. */
export async function finished(
  sandbox: Sandbox<ControlledClock>,
  path: string,
  options: Storage = {},
): Promise<StorageJobDocument> {
  const { id } = await accepted(sandbox, path, options);
  sandbox.clock.advance(60_000);
  return readStorageJob(sandbox, id);
}

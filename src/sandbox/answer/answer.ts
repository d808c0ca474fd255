import type { Readable } from 'node:stream';

/** What a handler answers before anything is known of sockets: a JSON value, or a text or stream of some type. */
export interface Answer {
  status: number;
  json?: unknown;
  text?: { type: string; body: string };
  /** Bytes as they are. */
  binary?: { type: string; body: Buffer };
  /** JSON, if nothing else is said. */
  stream?: { body: Readable; bytes: number; type?: string };
  /** Instead of a body, so that it is put into the envelope of errors after a delay. */
  problem?: Error;
  /** In sandbox time, before the answer is given. */
  afterSeconds?: number;
  /** How much later the second half of the body comes, in real time. */
  slowBodyMs?: number;
  headers?: Record<string, string>;
  /** The job that the call created, for the log. */
  jobId?: string;
}

export function ok(json: unknown): Answer {
  return { status: 200, json };
}

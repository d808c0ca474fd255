import type { Readable } from 'node:stream';

/** A handler's answer, which knows nothing of sockets: a JSON value, or a text, bytes or a stream of some type. */
export interface Answer {
  status: number;
  json?: unknown;
  text?: { type: string; body: string };
  /** Raw bytes. */
  binary?: { type: string; body: Buffer };
  /** `type` defaults to JSON. */
  stream?: { body: Readable; bytes: number; type?: string };
  /** An error in place of a body: unlike a thrown one, it can be sent after a delay. */
  problem?: Error;
  /** Delay before the answer, in sandbox time. */
  afterSeconds?: number;
  /** Pause between the two halves of the body, in real time. */
  slowBodyMs?: number;
  headers?: Record<string, string>;
  /** The job that the call created, for the log. */
  jobId?: string;
}

export function ok(json: unknown): Answer {
  return { status: 200, json };
}

import type { KeboolaRequest, TransferRequest } from '../http/exchange.js';

/** One exchange with Keboola, by labels with a bounded number of values: no ids. */
export interface Asked {
  connection: string;
  method: KeboolaRequest['method'];
  /** A template such as `/v2/storage/tables/{table}`, or `other`. */
  route: string;
  /** The HTTP status of the answer, or why there was none. */
  status: string;
  durationSeconds: number;
}

/** Which exchange it was, for following a single one. */
export interface Exchange {
  /** `host` or `host:port`. */
  host: string;
  /** Without the query. */
  path: string;
}

/** One exchange with a file store. Its path and query would grant access to anybody, so they are not reported. */
export interface Transferred {
  method: TransferRequest['method'];
  host: string;
  status: string;
  /** Bytes of the file, up or down. */
  bytes: number;
  durationSeconds: number;
}

/** Whether a file goes to Keboola or comes from there. */
export type Direction = 'upload' | 'download';

/** Counts what a worker asks of Keboola. It must never throw: no answer may get lost over a count. */
export interface Tally {
  asked(asked: Asked, exchange: Exchange): void;
  /** A request was deferred before it was sent, by its connection's budget or because Keboola asked for a rest. */
  deferred(connection: string): void;
  moved(direction: Direction, bytes: number): void;
  transferred(transfer: Transferred): void;
}

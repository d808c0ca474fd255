import type { KeboolaRequest, TransferRequest } from '../http/exchange.js';

/** One exchange with Keboola, by what there is of it a bounded number: no id is part of it. */
export interface Asked {
  connection: string;
  method: KeboolaRequest['method'];
  /** A template such as `/v2/storage/tables/{table}`, or `other`. */
  route: string;
  /** Of the answer; or why there was none. */
  status: string;
  durationSeconds: number;
}

/** Which exchange it was, for whoever follows a single one. */
export interface Exchange {
  /** `host` or `host:port`. */
  host: string;
  /** Without the query. */
  path: string;
}

/** One exchange with a place that holds files; its path and its query let in whoever has them, so they are not told. */
export interface Transferred {
  method: TransferRequest['method'];
  host: string;
  status: string;
  /** Of the file, up or down. */
  bytes: number;
  durationSeconds: number;
}

/** Whether bytes of files go to Keboola, or come from there. */
export type Direction = 'upload' | 'download';

/** Hears what a worker asks of Keboola, for whoever counts it. It never throws: an answer must not be lost over a count. */
export interface Tally {
  asked(asked: Asked, exchange: Exchange): void;
  /** A request was put off before it was sent, by the budget of its connection or because Keboola has asked for a rest. */
  deferred(connection: string): void;
  moved(direction: Direction, bytes: number): void;
  transferred(transfer: Transferred): void;
}

/** One request to Keboola. */
export interface KeboolaRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  /** Storage token; left out for the few calls that need none. */
  token?: string;
  /** X-KBC-RunId. */
  runId?: string;
  body?: unknown;
  /** For the whole exchange, body included. */
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface KeboolaAnswer {
  status: number;
  json: unknown;
  /** Keboola's clock, ISO 8601, from the Date header. */
  serverTime?: string;
}

/** Makes one exchange. @throws KeboolaError for everything but a 2xx answer with JSON in it. */
export interface Sender {
  send(request: KeboolaRequest): Promise<KeboolaAnswer>;
}

/** One exchange with a place that holds files. It carries no token of ours: what lets us in comes with the file. */
export interface TransferRequest {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  content?: Uint8Array;
  timeoutMs: number;
  signal?: AbortSignal;
  /** A longer answer is refused. */
  bytesMax: number;
  /** Answers outside of 2xx that are no failure, such as the 308 of a resumable upload. */
  alsoTaken?: readonly number[];
}

export interface TransferAnswer {
  status: number;
  headers: RawHeaders;
  contentType: string;
  content: Buffer;
}

/** A download that is read while it comes. */
export interface OpenRequest {
  url: URL;
  headers?: Record<string, string>;
  /** For the head of the answer, and then between any two pieces of its body. */
  timeoutMs: number;
  signal?: AbortSignal;
  /** Answers outside of 2xx that are no failure. */
  alsoTaken?: readonly number[];
}

export interface OpenAnswer {
  status: number;
  headers: RawHeaders;
  contentType: string;
  /** Read it, or end it with `return`: its connection is taken until then. @throws KeboolaError when it breaks off. */
  body: AsyncGenerator<Buffer, void>;
}

/** Moves bytes. @throws KeboolaError for everything but a 2xx answer. */
export interface Transporter {
  transfer(request: TransferRequest): Promise<TransferAnswer>;
  open(request: OpenRequest): Promise<OpenAnswer>;
}

export type RawHeaders = Record<string, string | string[] | undefined>;

export function singleHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

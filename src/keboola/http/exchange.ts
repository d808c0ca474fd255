/** One request to Keboola. */
export interface KeboolaRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  /** Storage token; absent for the few calls that need none. */
  token?: string;
  /** X-KBC-RunId. */
  runId?: string;
  body?: unknown;
  /** Limit for the whole exchange, including the body. */
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

/** One exchange with a file store. It carries no token of ours: Keboola issues credentials for each file. */
export interface TransferRequest {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  content?: Uint8Array;
  timeoutMs: number;
  signal?: AbortSignal;
  /** A longer answer is refused. */
  bytesMax: number;
  /** Statuses outside of 2xx that are not failures, such as 308 for a resumable upload. */
  alsoTaken?: readonly number[];
}

export interface TransferAnswer {
  status: number;
  headers: RawHeaders;
  contentType: string;
  content: Buffer;
}

/** A download that is read as a stream. */
export interface OpenRequest {
  url: URL;
  headers?: Record<string, string>;
  /** Limit for the headers of the answer, and then between any two pieces of its body. */
  timeoutMs: number;
  signal?: AbortSignal;
  /** Statuses outside of 2xx that are not failures. */
  alsoTaken?: readonly number[];
}

export interface OpenAnswer {
  status: number;
  headers: RawHeaders;
  contentType: string;
  /** Read it to the end, or call `return`: it holds a connection until then. @throws KeboolaError if it breaks off. */
  body: AsyncGenerator<Buffer, void>;
}

/** Moves the bytes of files. @throws KeboolaError for everything but a 2xx answer. */
export interface Transporter {
  transfer(request: TransferRequest): Promise<TransferAnswer>;
  open(request: OpenRequest): Promise<OpenAnswer>;
}

export type RawHeaders = Record<string, string | string[] | undefined>;

export function singleHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

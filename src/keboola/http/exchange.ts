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

/** One exchange with a place that holds files. It carries no token: its address lets in whoever has it. */
export interface TransferRequest {
  method: 'GET' | 'PUT';
  url: URL;
  headers?: Record<string, string>;
  content?: Uint8Array;
  timeoutMs: number;
  signal?: AbortSignal;
  /** A longer answer is refused. */
  bytesMax: number;
}

export interface TransferAnswer {
  status: number;
  contentType: string;
  content: Buffer;
}

/** Moves bytes. @throws KeboolaError for everything but a 2xx answer. */
export interface Transporter {
  transfer(request: TransferRequest): Promise<TransferAnswer>;
}

export type RawHeaders = Record<string, string | string[] | undefined>;

export function singleHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

import { Agent, errors as undici, type buildConnector } from 'undici';
import { answerError, fileError } from './answer-error.js';
import {
  singleHeader,
  type KeboolaAnswer,
  type KeboolaRequest,
  type OpenAnswer,
  type OpenRequest,
  type RawHeaders,
  type Sender,
  type TransferAnswer,
  type TransferRequest,
  type Transporter,
} from './exchange.js';
import { parseJson } from './json.js';
import { KeboolaError } from './keboola-error.js';
import { OwnConnection } from './own-connection.js';
import { connectorThrough } from './proxy/connector.js';
import { Proxies } from './proxy/proxies.js';
import { transportError } from './transport-error.js';

/** A job document is a few kB; a larger answer than this is a fault that must not exhaust the worker's memory. */
export const BODY_BYTES_MAX = 8 * 1024 * 1024;
/** How many reads may hang before others queue for a connection. Timeouts end both the hanging and the queued ones. */
const CONNECTIONS_PER_ORIGIN = 128;

/**
 * The only place that opens connections. It never repeats a request, which could create two jobs, and never follows a
 * redirect, which could carry the token to another host. Reads share keep-alive connections; any request that may
 * change something uses a connection of its own. The request budget and the worker's slots bound how many those are.
 */
export class KeboolaHttp implements Sender, Transporter {
  private readonly connect: buildConnector.connector;
  private readonly agent: Agent;
  /** For downloads of unbounded size, which are never held in memory as a whole. */
  private readonly streams: Agent;

  constructor(
    private readonly userAgent: string,
    proxies = new Proxies(),
  ) {
    this.connect = connectorThrough(proxies);
    this.agent = new Agent({
      connections: CONNECTIONS_PER_ORIGIN,
      connect: this.connect,
      maxResponseSize: BODY_BYTES_MAX,
    });
    this.streams = new Agent({ connections: CONNECTIONS_PER_ORIGIN, connect: this.connect });
  }

  /** @throws KeboolaError for everything but a 2xx answer with JSON in it. */
  async send(request: KeboolaRequest): Promise<KeboolaAnswer> {
    const { status, headers, text } = await this.exchange(request);
    if (status < 200 || status > 299) throw answerError(request, status, headers, text);
    const date = Date.parse(singleHeader(headers['date']) ?? '');
    return {
      status,
      json: parseJson(request, status, text),
      ...(Number.isNaN(date) ? {} : { serverTime: new Date(date).toISOString() }),
    };
  }

  /** Moves the bytes of a file, with neither our token nor our JSON headers. */
  async transfer(request: TransferRequest): Promise<TransferAnswer> {
    const { status, headers, content } = await this.bytes(request);
    const isTaken = (status >= 200 && status <= 299) || request.alsoTaken?.includes(status) === true;
    if (!isTaken) throw fileError(request, status, headers, content);
    return { status, headers, contentType: singleHeader(headers['content-type']) ?? '', content };
  }

  /** Opens a download that is read as a stream. */
  async open({ url, headers = {}, timeoutMs, signal, alsoTaken = [] }: OpenRequest): Promise<OpenAnswer> {
    const asked = { method: 'GET' as const, url, timeoutMs, bytesMax: BODY_BYTES_MAX };
    try {
      const request = this.streams.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'GET',
        headers: { 'user-agent': this.userAgent, ...headers },
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal: signal ?? null,
      });
      const answer = await (signal ? endedBy(signal, request) : request);
      const { statusCode: status, headers: given } = answer;
      if ((status < 200 || status > 299) && !alsoTaken.includes(status)) {
        throw fileError(asked, status, given, await bounded(answer.body, BODY_BYTES_MAX));
      }
      const contentType = singleHeader(given['content-type']) ?? '';
      return { status, headers: given, contentType, body: piecesOf(asked, answer.body) };
    } catch (cause) {
      throw cause instanceof KeboolaError ? cause : transportError(asked, cause, { timedOut: isTimeout(cause) });
    }
  }

  async close(): Promise<void> {
    // Closing would wait for downloads that nobody reads any more, so those connections are destroyed.
    await Promise.all([this.agent.close(), this.streams.destroy()]);
  }

  private async exchange(request: KeboolaRequest): Promise<RawAnswer> {
    const { timeout, signal } = endOf(request);
    const options = { connect: this.connect, maxResponseSize: BODY_BYTES_MAX };
    const own = request.method === 'GET' ? undefined : new OwnConnection(request.url.origin, { ...options, signal });
    try {
      const answer = (own?.client ?? this.agent).request({
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: request.method,
        headers: this.headers(request),
        body: request.body === undefined ? null : JSON.stringify(request.body),
        // Our own limit covers the whole exchange; undici's would cut off a slow but valid creation.
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
        signal,
        reset: own !== undefined,
      });
      const { statusCode, headers, body } = await endedBy(signal, answer);
      return { status: statusCode, headers, text: await body.text() };
    } catch (cause) {
      const notSent = own !== undefined && !own.hasStood;
      throw transportError({ ...request, bytesMax: BODY_BYTES_MAX }, cause, { timedOut: timeout.aborted, notSent });
    } finally {
      await own?.close();
    }
  }

  private async bytes({
    method,
    url,
    content,
    headers = {},
    ...limits
  }: TransferRequest): Promise<Omit<RawAnswer, 'text'> & { content: Buffer }> {
    const { timeout, signal } = endOf(limits);
    try {
      const request = this.agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        body: content ?? null,
        headers: { 'user-agent': this.userAgent, ...headers },
        headersTimeout: limits.timeoutMs,
        bodyTimeout: limits.timeoutMs,
        signal,
      });
      const answer = await endedBy(signal, request);
      const bytes = await bounded(answer.body, limits.bytesMax);
      return { status: answer.statusCode, headers: answer.headers, content: bytes };
    } catch (cause) {
      throw transportError({ method, url, ...limits }, cause, { timedOut: timeout.aborted });
    }
  }

  private headers({ token, runId }: KeboolaRequest): Record<string, string> {
    return {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': this.userAgent,
      ...(token === undefined ? {} : { 'x-storageapi-token': token }),
      ...(runId === undefined ? {} : { 'x-kbc-runid': runId }),
    };
  }
}

interface RawAnswer {
  status: number;
  headers: RawHeaders;
  text: string;
}

/** The signals that end an exchange: its timeout, or an abort by the caller. */
function endOf({ timeoutMs, signal }: Pick<KeboolaRequest, 'timeoutMs' | 'signal'>): {
  timeout: AbortSignal;
  signal: AbortSignal;
} {
  const timeout = AbortSignal.timeout(timeoutMs);
  return { timeout, signal: signal ? AbortSignal.any([timeout, signal]) : timeout };
}

/** undici obeys a signal only once a request has a connection; a queued request would keep waiting. */
async function endedBy<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let onAbort = (): void => undefined;
  const ended = new Promise<never>((_, end) => {
    onAbort = () => end(signal.reason as Error);
    if (signal.aborted) onAbort();
  });
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Stops reading at `bytesMax`; the agent's own limit may be far above it. */
async function bounded(body: AsyncIterable<Buffer>, bytesMax: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.byteLength;
    if (bytes > bytesMax) throw new undici.ResponseExceededMaxSizeError('too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The body of a download, with failures turned into the errors of any other exchange. */
async function* piecesOf(
  asked: Parameters<typeof transportError>[0],
  body: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void> {
  try {
    yield* body;
  } catch (cause) {
    throw transportError(asked, cause, { timedOut: isTimeout(cause) });
  }
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof undici.HeadersTimeoutError || cause instanceof undici.BodyTimeoutError;
}

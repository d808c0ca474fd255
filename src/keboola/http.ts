import { Agent, buildConnector, errors as undici } from 'undici';
import { answerError } from './answer-error.js';
import { KeboolaError } from './errors.js';
import { redact, singleHeader, type KeboolaAnswer, type KeboolaRequest, type RawHeaders } from './exchange.js';
import { parseJson } from './json.js';

/** A job document is a few kB; more than this is a fault that must not exhaust the worker. */
export const BODY_BYTES_MAX = 8 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
const CONNECTIONS_PER_ORIGIN = 32;

/**
 * The only place that opens connections. It never repeats a request and never follows a redirect: the first could make
 * two jobs, the second could carry the token to another host.
 */
export class KeboolaHttp {
  private readonly agent = new Agent({
    connections: CONNECTIONS_PER_ORIGIN,
    connect,
    maxResponseSize: BODY_BYTES_MAX,
  });

  constructor(private readonly userAgent: string) {}

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

  async close(): Promise<void> {
    await this.agent.close();
  }

  private async exchange(request: KeboolaRequest): Promise<RawAnswer> {
    const timeout = AbortSignal.timeout(request.timeoutMs);
    try {
      const { statusCode, headers, body } = await this.agent.request({
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: request.method,
        headers: this.headers(request),
        body: request.body === undefined ? null : JSON.stringify(request.body),
        // Our own limit covers the whole exchange; undici's would cut a slow but lawful creation short.
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
        signal: request.signal ? AbortSignal.any([timeout, request.signal]) : timeout,
      });
      return { status: statusCode, headers, text: redact(await body.text(), request.token) };
    } catch (cause) {
      throw transportError(request, cause, timeout.aborted);
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

/** A connection that never stood, TLS included: the one proof that nothing was sent. Error codes prove it not. */
class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

const connector = buildConnector({ timeout: CONNECT_TIMEOUT_MS });

function connect(options: buildConnector.Options, callback: buildConnector.Callback): void {
  connector(options, (...[error, socket]: Parameters<buildConnector.Callback>) => {
    if (error) callback(new NotConnected('no connection', { cause: error }), null);
    else callback(null, socket);
  });
}

function transportError(request: KeboolaRequest, cause: unknown, timedOut: boolean): KeboolaError {
  const facts = { method: request.method, path: request.url.pathname };
  if (cause instanceof undici.ResponseExceededMaxSizeError) {
    return new KeboolaError({
      ...facts,
      kind: 'protocol',
      reason: `the answer is larger than ${BODY_BYTES_MAX} bytes`,
    });
  }
  if (timedOut) {
    return new KeboolaError({ ...facts, kind: 'interrupted', reason: `no whole answer in ${request.timeoutMs} ms` });
  }
  if (cause instanceof NotConnected) {
    const reason = `cannot reach ${request.url.origin} (${errorCode(cause.cause)})`;
    return new KeboolaError({ ...facts, kind: 'not-sent', reason });
  }
  return new KeboolaError({ ...facts, kind: 'interrupted', reason: `the connection broke (${errorCode(cause)})` });
}

/** A refused dual-stack connection hides its code in an AggregateError. */
function errorCode(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return errorCode(cause.errors[0]);
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown cause';
}

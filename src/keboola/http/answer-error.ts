import { redactTokens } from '../../input/secrets.js';
import { KeboolaError, type KeboolaErrorKind } from './keboola-error.js';
import { cut } from '../../job/text/well-formed.js';
import { singleHeader, type KeboolaRequest, type RawHeaders, type TransferRequest } from './exchange.js';
import { redactToken } from './redact-token.js';

/** Turns an answer outside of 2xx into a typed error. This is the only place that knows what a status means. */
export function answerError(request: Asked, status: number, headers: RawHeaders, text: string): KeboolaError {
  const envelope = readEnvelope(text, request.token);
  const lacksFeature = lackedFeature(status, envelope);
  const retryAfterMs = retryAfter(singleHeader(headers['retry-after']), answeredAtMs(headers));
  return new KeboolaError({
    kind: kindOf(status, envelope),
    method: request.method,
    path: request.url.pathname,
    status,
    reason: envelope.message ?? plain(status),
    ...(lacksFeature === undefined ? {} : { lacksFeature }),
    ...(envelope.exceptionId === undefined ? {} : { exceptionId: envelope.exceptionId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** The part of a request that goes into its error. */
type Asked = Pick<KeboolaRequest, 'url' | 'token'> & { method: string };

/** `Project does not have feature "…" enabled` (keboola/platform-libraries): a new token does not fix that. */
const LACKS_FEATURE = /^Project does not have feature\b(?: "([^"]*)")?/;

function lackedFeature(status: number, { message = '' }: Envelope): string | undefined {
  // Keboola answers 400 for user errors that have no code of their own.
  const lacks = status === 403 || status === 400 ? LACKS_FEATURE.exec(message) : null;
  return lacks ? (lacks[1] ?? '') : undefined;
}

function kindOf(status: number, envelope: Envelope): KeboolaErrorKind {
  if (status < 400) return 'protocol';
  if (lackedFeature(status, envelope) !== undefined) return 'refused';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not-found';
  // The server gave up waiting for the request, or a proxy gave up waiting for the server: it may have arrived.
  if (status === 408) return 'interrupted';
  if (status === 429) return 'throttled';
  if (status < 500) return 'refused';
  // Syrup drops Storage's Retry-After from its maintenance answer, so the words decide there.
  if (status === 503 && envelope.maintenance) return 'maintenance';
  return 'unavailable';
}

interface Envelope {
  maintenance?: true;
  message?: string;
  exceptionId?: string;
}

const REASON_LENGTH_MAX = 1_000;

/**
 * Syrup answers `{error, message, exceptionId}`. Storage puts the text into `error`, or into `reason` during
 * maintenance (keboola/storage-api-php-client `HandlerStack.php`). Load balancers answer HTML.
 */
function readEnvelope(text: string, token: string | undefined): Envelope {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof json !== 'object' || json === null) return {};
  const field = (name: string): string | undefined => {
    const value = (json as Record<string, unknown>)[name];
    // Redact before cutting: a cut in the middle of a token would leave half of it.
    if (typeof value !== 'string' || value === '') return undefined;
    // A request without a token may pass a proxy that repeats the one of an earlier request.
    return cut(redactTokens(redactToken(value, token)), REASON_LENGTH_MAX);
  };
  const maintenance = field('error') === 'Project is disabled' || field('status') === 'maintenance';
  const [message, exceptionId] = [field('message') ?? field('error') ?? field('reason'), field('exceptionId')];
  return { ...(maintenance && { maintenance }), ...(message && { message }), ...(exceptionId && { exceptionId }) };
}

function plain(status: number): string {
  return status < 400 ? 'a redirect, which is not followed' : 'an answer that is not Keboola JSON';
}

/** When the answer was given, by the server's clock, since this machine's may be wrong. */
function answeredAtMs(headers: RawHeaders): number {
  const answeredAt = Date.parse(singleHeader(headers['date']) ?? '');
  return Number.isNaN(answeredAt) ? Date.now() : answeredAt;
}

const RETRY_AFTER_MS_MAX = 60 * 60_000;

/** Milliseconds of a Retry-After header: seconds, or an HTTP date by the same clock as `nowMs`. */
export function retryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  const delayMs = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - nowMs;
  return Number.isFinite(delayMs) ? Math.min(RETRY_AFTER_MS_MAX, Math.max(0, delayMs)) : undefined;
}

const CODE_LENGTH_MAX = 100;
/** AWS and Azure put a code into XML. The message beside it may repeat what was signed, so we never show it. */
const XML_CODE = /<Code>([A-Za-z][A-Za-z0-9]*)<\/Code>/;
/** Google puts its code into JSON. */
const JSON_REASON = /"reason"\s*:\s*"([A-Za-z][A-Za-z0-9]*)"/;

/** S3's code for a signature whose time is more than 15 minutes off its own (Amazon S3 API, error responses). */
const TOO_SKEWED = 'RequestTimeTooSkewed';

/** The error for a file store's answer that is not a success, by its status and the store's own code. */
export function fileError(
  request: Pick<TransferRequest, 'method' | 'url'>,
  status: number,
  headers: RawHeaders,
  content: Uint8Array,
): KeboolaError {
  const { facts } = answerError(request, status, headers, '');
  const storeCode = storeCodeOf(Buffer.from(content).toString('utf8'));
  if (storeCode === undefined) return new KeboolaError(facts);
  const storeTimeMs = storeCode === TOO_SKEWED ? Date.parse(singleHeader(headers['date']) ?? '') : Number.NaN;
  return new KeboolaError({
    ...facts,
    reason: storeCode,
    storeCode,
    ...(!Number.isNaN(storeTimeMs) && { storeTimeMs }),
  });
}

/** The code in a store's error document. */
export function storeCodeOf(text: string): string | undefined {
  return (XML_CODE.exec(text) ?? JSON_REASON.exec(text))?.[1]?.slice(0, CODE_LENGTH_MAX);
}

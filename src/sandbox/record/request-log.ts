import type { RouteName } from '../faults/route-names.js';

/** One request as it came and what became of it. Secrets are left out, so that a log can be printed. */
export interface LoggedRequest {
  readonly number: number;
  readonly route: RouteName;
  readonly method: string;
  /** Path with query, without signatures. */
  readonly path: string;
  /** All headers but the tokens. */
  readonly headers: Readonly<Record<string, string>>;
  /** Id of the token, never the token; absent for an unknown one. */
  readonly tokenId?: string;
  readonly body: string;
  /** When it arrived: sandbox time, UTC with milliseconds. */
  readonly time: string;
  /** HTTP status of the answer; absent until there is one, and if the connection was broken instead. */
  status?: number;
  /** Id of the fault that hit the call, and of the job that the call created. */
  faultId?: number;
  jobId?: string;
}

const REQUESTS_MAX = 10_000;
const BODY_CHARACTERS_MAX = 10_000;
/** A signature admits whoever has it, so the log masks it. */
const SIGNATURE = /([?&](?:sig|X-Amz-Signature|X-Goog-Signature)=)[^&]*/g;
const SECRET_HEADERS = new Set([
  'x-storageapi-token',
  'authorization',
  'x-amz-security-token',
  'x-sandbox-key',
  'cookie',
]);

/** The latest requests, for tests to assert on. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #count = 0;

  add(entry: Omit<LoggedRequest, 'number'>): LoggedRequest {
    const body = entry.body.slice(0, BODY_CHARACTERS_MAX);
    const numbered = { ...entry, number: ++this.#count, body, path: entry.path.replace(SIGNATURE, '$1****') };
    this.#entries.push(numbered);
    // Trimmed by halves: shifting one by one would cost a copy of the whole log for every request.
    if (this.#entries.length >= 2 * REQUESTS_MAX) this.#entries = this.#entries.slice(-REQUESTS_MAX);
    return numbered;
  }

  /** The last requests, oldest first. */
  list(): readonly LoggedRequest[] {
    return this.#entries.slice(-REQUESTS_MAX);
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
  }
}

export function withoutSecrets(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !SECRET_HEADERS.has(name)) shown[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return shown;
}

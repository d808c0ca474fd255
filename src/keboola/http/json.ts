import { KeboolaError } from './keboola-error.js';
import type { KeboolaRequest } from './exchange.js';
import { wellFormed } from '../../job/text/well-formed.js';
import { redactTokenIn } from './redact-token.js';

/**
 * A successful answer, without the token and with all of its texts well-formed.
 *
 * @throws KeboolaError of kind `protocol` when it carries no JSON.
 */
export function parseJson(request: KeboolaRequest, status: number, text: string): unknown {
  try {
    return wellFormed(redactTokenIn(JSON.parse(keepWideIds(text)), request.token));
  } catch {
    const what = /^\s*</.test(text) ? 'HTML' : text === '' ? 'an empty body' : 'broken JSON';
    throw new KeboolaError({
      kind: 'protocol',
      method: request.method,
      path: request.url.pathname,
      status,
      reason: `${what} instead of JSON`,
    });
  }
}

/**
 * Ids are documented as 64-bit numbers, and JSON.parse would round those beyond 2^53, so they become text first. Inside
 * of a JSON string the quote after the key would be escaped, hence the pattern meets real keys only.
 */
function keepWideIds(text: string): string {
  return text.replace(/("(?:id|runId|config)"\s*:\s*)(\d{16,20})(?=\s*[,}\]])/g, '$1"$2"');
}

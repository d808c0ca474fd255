import { KeboolaError } from './keboola-error.js';
import type { KeboolaRequest } from './exchange.js';
import { wellFormed } from '../../job/text/well-formed.js';
import { isPlainlyFreeOf, redactTokenIn } from './redact-token.js';

/**
 * A successful answer, without the token and with all of its texts well-formed.
 *
 * @throws KeboolaError of kind `protocol` when it carries no JSON.
 */
export function parseJson(request: KeboolaRequest, status: number, text: string): unknown {
  try {
    const json: unknown = JSON.parse(wideNumbersAsText(text));
    return isHarmless(text, request.token) ? json : wellFormed(redactTokenIn(json, request.token));
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
 * Whether the texts and keys of an answer need no look one by one, as is true of most answers. Without a backslash each of
 * them stands in the answer letter by letter, so the token, or half a character, would show there.
 */
function isHarmless(text: string, token: string | undefined): boolean {
  return !text.includes('\\') && text.isWellFormed() && isPlainlyFreeOf(text, token);
}

/** Below this many digits JavaScript holds every whole number; 64 bits have no more than twenty. */
const WIDE = /^-?[1-9]\d{15,19}$/;
const MAY_HOLD_WIDE = /\d{16}/;
/** Behind a value. A text that is no JSON is not to become some. */
const BEHIND_VALUE = /[\t\n\r ]*(?:[,}\]]|$)/y;
const IN_NUMBER = /[-+.\deE]*/y;

/**
 * Ids are documented as 64-bit numbers, and `JSON.parse` rounds those beyond 2^53 - 1 without a word, so that they name
 * another job. Each whole number beyond that becomes text, whatever its key, and in lists too: also one that a number
 * would hold, since of the number nobody could tell that it was not rounded. All others stay as they are.
 *
 * One pass over the text, whatever it is; what stands in strings is passed over.
 *
 * @param json perhaps broken: then it stays broken.
 */
function wideNumbersAsText(json: string): string {
  if (!MAY_HOLD_WIDE.test(json)) return json;
  const parts: string[] = [];
  let copiedTo = 0;
  let at = 0;
  while (at < json.length) {
    if (json[at] === '"') {
      at = behindString(json, at);
    } else if (startsNumber(json.charCodeAt(at))) {
      const end = endOf(IN_NUMBER, json, at) ?? at + 1;
      if (isWide(json, at, end)) {
        parts.push(json.slice(copiedTo, at), `"${json.slice(at, end)}"`);
        copiedTo = end;
      }
      at = end;
    } else {
      at += 1;
    }
  }
  return parts.length === 0 ? json : [...parts, json.slice(copiedTo)].join('');
}

function isWide(json: string, at: number, end: number): boolean {
  const written = json.slice(at, end);
  if (!WIDE.test(written) || Number.isSafeInteger(Number(written))) return false;
  return endOf(BEHIND_VALUE, json, end) !== undefined;
}

/** `-` and the digits. */
function startsNumber(code: number): boolean {
  return code === 45 || (code >= 48 && code <= 57);
}

/** A backslash hides the character behind it. One that is never closed ends with the text. */
function behindString(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOf(pattern: RegExp, json: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : undefined;
}

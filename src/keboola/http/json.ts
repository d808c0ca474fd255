import { KeboolaError } from './keboola-error.js';
import type { KeboolaRequest } from './exchange.js';
import { isExactNumber, isFullDouble } from '../../job/text/exact-number.js';
import { wellFormed } from '../../job/text/well-formed.js';
import { isPlainlyFreeOf, redactTokenIn } from './redact-token.js';

/**
 * Parses a successful answer, with the token redacted and all texts made well-formed.
 *
 * @throws KeboolaError of kind `protocol` if it is not JSON.
 */
export function parseJson(request: KeboolaRequest, status: number, text: string): unknown {
  try {
    const json: unknown = JSON.parse(inexactNumbersAsText(text));
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
 * Whether an answer can be taken as it is, as most can. Without a backslash every text and key stands in the answer letter
 * by letter, so the token, or half a character, would show there.
 */
function isHarmless(text: string, token: string | undefined): boolean {
  return !text.includes('\\') && text.isWellFormed() && isPlainlyFreeOf(text, token);
}

/** JavaScript holds exactly every number with fewer digits than this and no exponent. */
const DIGITS_MIN = 16;
/** Whether the text may hold a number with that many digits, or with an exponent, where JSON has its values. */
const MAY_HOLD_INEXACT = new RegExp(String.raw`(?:^|[[,:])[\t\n\r ]*-?\d(?:[\d.]{${DIGITS_MIN - 1}}|[\d.]*[eE])`);
const HAS_EXPONENT = /[eE]/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
/** What may follow a value. Checked so that text which is not JSON does not become JSON. */
const BEHIND_VALUE = /[\t\n\r ]*(?:[,}\]]|$)/y;
const IN_NUMBER = /[-+.\deE]*/y;

/**
 * `JSON.parse` silently changes the numbers that JavaScript cannot hold. Ids are documented as 64-bit numbers, and those
 * beyond 2^53 - 1 would name another job; a value of a configuration would go back to Keboola as another one, and
 * `1e400` as `null`. So every such number becomes text, whatever its key, and in lists, too. That includes whole numbers
 * beyond 2^53 - 1 which JavaScript could hold exactly, because nobody could tell afterwards that they were not rounded.
 * All other numbers stay as they are.
 *
 * It takes one pass over the text and skips strings.
 *
 * @param json may be broken: then it stays broken.
 */
function inexactNumbersAsText(json: string): string {
  if (!MAY_HOLD_INEXACT.test(json)) return json;
  const parts: string[] = [];
  let copiedTo = 0;
  let at = 0;
  while (at < json.length) {
    if (json[at] === '"') {
      at = behindString(json, at);
    } else if (startsNumber(json.charCodeAt(at))) {
      const end = endOf(IN_NUMBER, json, at) ?? at + 1;
      if (isInexact(json, at, end)) {
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

function isInexact(json: string, at: number, end: number): boolean {
  const written = json.slice(at, end);
  if (written.length < DIGITS_MIN && !HAS_EXPONENT.test(written)) return false;
  if (isExactNumber(written) || isFullDouble(written) || !NUMBER.test(written)) return false;
  return endOf(BEHIND_VALUE, json, end) !== undefined;
}

/** Whether a character code is `-` or a digit. */
function startsNumber(code: number): boolean {
  return code === 45 || (code >= 48 && code <= 57);
}

/** The index after a string. A backslash escapes the next character; an unclosed string ends with the text. */
function behindString(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOf(pattern: RegExp, json: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : undefined;
}

const STARS = '***';
/** A truncated token is redacted if at least this many characters of its secret are left; fewer give nothing away. */
const PREFIX_SECRET_LENGTH = 4;
const FRAGMENT_LENGTH_MIN = 8;
/** The end of a shorter secret may be an everyday word. */
const CUT_SECRET_LENGTH_MIN = 16;

/** Every escape below contains one of these. */
const MAY_BE_ESCAPED = /[\\%&]|=2d/i;

/**
 * Character escapes of JSON, source code, URLs and HTML, even repeated ones. Escapes that end in plain digits (octal
 * and quoted-printable) are only recognised for the dash, since the digits after them may be part of the token.
 */
const ESCAPE = new RegExp(
  [
    String.raw`\\+(?:u00|x)(?<json>[0-9a-f]{2})`,
    String.raw`\\+u\{0*(?<braced>[0-9a-f]{2})\}`,
    String.raw`%(?:u00|(?:25)*)(?<address>[0-9a-f]{2})`,
    String.raw`&#x0*(?<hex>[0-9a-f]{2});`,
    String.raw`&#0*(?<decimal>\d{2,3});`,
    String.raw`(?<dash>&(?:hyphen|dash);|\\+0?55|=2d)`,
    String.raw`(?<and>&amp;)`,
    String.raw`\\+(?<itself>["/\\])`,
  ].join('|'),
  'gi',
);

/**
 * Removes the token of a request from the text of its answer. An API may repeat the token, escaped in some way, whole
 * or truncated at either end, and its words go into messages and histories.
 */
export function redactToken(answered: string, token: string | undefined): string {
  return token === undefined || token === '' ? answered : withoutTraces(answered, tracesOf(token));
}

/** Whether a text has no escapes and no trace of the token, so that no part of it would be redacted. */
export function isPlainlyFreeOf(text: string, token: string | undefined): boolean {
  if (token === undefined || token === '') return true;
  return !MAY_BE_ESCAPED.test(text) && findTraces(text, tracesOf(token)).length === 0;
}

function withoutTraces(answered: string, traces: Traces): string {
  const text = answered.replaceAll(traces.token, STARS);
  const { plain, starts } = unescaped(text);
  let shown = '';
  let end = 0;
  for (const [from, to] of findTraces(plain, traces)) {
    if (to <= end) continue;
    if (from >= end) shown += `${text.slice(starts(end), starts(from))}${STARS}`;
    end = to;
  }
  return shown + text.slice(starts(end));
}

/** The same for a parsed answer, including its keys. The answer is changed in place. */
export function redactTokenIn(json: unknown, token: string | undefined): unknown {
  if (token === undefined || token === '') return json;
  const traces = tracesOf(token);
  if (typeof json === 'string') return withoutTraces(json, traces);
  // No recursion, since an answer may be nested deeper than any stack. The answer's size bounds the loop.
  const open = [json];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const fields = node as Record<string, unknown>;
    for (const [key, value] of Object.entries(fields)) {
      const shownKey = Array.isArray(node) ? key : withoutTraces(key, traces);
      const shownValue = typeof value === 'string' ? withoutTraces(value, traces) : value;
      if (shownKey !== key) Reflect.deleteProperty(fields, key);
      if (shownKey !== key || shownValue !== value) fields[shownKey] = shownValue;
      if (typeof value === 'object') open.push(value);
    }
  }
  return json;
}

interface Unescaped {
  plain: string;
  /** Where in the original text a character of `plain` begins. */
  starts: (index: number) => number;
}

/** Levels of escaping to undo; nobody nests texts deeper. */
const LAYERS_MAX = 3;

function unescaped(text: string, layers = LAYERS_MAX): Unescaped {
  if (layers === 0 || !MAY_BE_ESCAPED.test(text)) return { plain: text, starts: (index) => index };
  const outer = withoutOneLayer(text);
  if (outer.plain === text) return outer;
  const { plain, starts } = unescaped(outer.plain, layers - 1);
  return { plain, starts: (index) => outer.starts(starts(index)) };
}

function withoutOneLayer(text: string): Unescaped {
  const places: number[] = [];
  let plain = '';
  let end = 0;
  const copy = (to: number): void => {
    for (let index = end; index < to; index++) places.push(index);
    plain += text.slice(end, to);
  };
  for (const match of text.matchAll(ESCAPE)) {
    copy(match.index);
    places.push(match.index);
    plain += characterOf(match.groups ?? {});
    end = match.index + match[0].length;
  }
  copy(text.length);
  return { plain, starts: (index) => places[index] ?? text.length };
}

function characterOf(escape: Partial<Record<string, string>>): string {
  if (escape['dash'] !== undefined) return '-';
  if (escape['and'] !== undefined) return '&';
  const { json, braced, address, hex, decimal, itself } = escape;
  return (
    itself ??
    String.fromCharCode(decimal === undefined ? parseInt(json ?? braced ?? address ?? hex ?? '', 16) : +decimal)
  );
}

/** What gives a token away in a text. */
interface Traces {
  token: string;
  /** How a token that is truncated at its end begins. */
  head: string;
  /** How a token that is truncated at its beginning ends; empty if that may be an everyday word. */
  tail: string;
  /** What Base64 makes of it. */
  cores: string[];
}

/** The traces of the latest token: a connection asks about the same one with every answer. */
let known: Traces | undefined;

function tracesOf(token: string): Traces {
  if (known?.token !== token) known = newTraces(token);
  return known;
}

function newTraces(token: string): Traces {
  const secretAt = token.lastIndexOf('-') + 1;
  return {
    token,
    head: token.slice(0, Math.max(FRAGMENT_LENGTH_MIN, secretAt + PREFIX_SECRET_LENGTH)),
    tail: token.length - secretAt >= CUT_SECRET_LENGTH_MIN ? token.slice(-FRAGMENT_LENGTH_MIN) : '',
    cores: base64Cores(token),
  };
}

/** The ranges of the token, or of what is left of it, in order. */
function findTraces(plain: string, { token, head, tail, cores }: Traces): [number, number][] {
  const begun = everyPlace(plain, head).map((from): [number, number] => {
    let length = head.length;
    while (length < token.length && plain[from + length] === token[length]) length++;
    return [from, from + length];
  });
  const ended = everyPlace(plain, tail).map((at): [number, number] => {
    let rest = token.length - tail.length;
    let from = at;
    while (rest > 0 && plain[from - 1] === token[rest - 1]) [rest, from] = [rest - 1, from - 1];
    return [from, at + tail.length];
  });
  const encoded = cores.flatMap((core) =>
    everyPlace(plain, core).map((from): [number, number] => [from, from + core.length]),
  );
  return [...begun, ...ended, ...encoded].sort(([a], [b]) => a - b);
}

function everyPlace(plain: string, part: string): number[] {
  const places: number[] = [];
  if (part === '') return places;
  for (let at = plain.indexOf(part); at >= 0; at = plain.indexOf(part, at + part.length)) places.push(at);
  return places;
}

/**
 * What any Base64 text contains that encodes the token, as in Basic authentication, for each of the three offsets in a
 * group of three bytes. The letters at both ends are left out, since they depend on the neighbouring bytes.
 */
function base64Cores(token: string): string[] {
  if (token.length < FRAGMENT_LENGTH_MIN + 2) return [];
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.from(`${'\0'.repeat(offset)}${token}`);
    const core = (encoding: 'base64' | 'base64url'): string =>
      whole.toString(encoding).slice(Math.ceil((offset * 8) / 6), Math.floor((whole.length * 8) / 6));
    return [...new Set([core('base64'), core('base64url')])];
  });
}

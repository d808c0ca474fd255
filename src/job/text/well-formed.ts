/**
 * Texts as every wire can carry them. A text of JavaScript, and of JSON, may hold half of a character (a lone surrogate),
 * which UTF-8 cannot express: protobufjs writes bytes that Temporal's native half refuses, and with them the worker. So
 * each half becomes U+FFFD, as any encoder of UTF-8 makes of it.
 */

/** The first characters of a text; a character of two halves that the cut would split becomes U+FFFD. */
export function cut(text: string, lengthMax: number): string {
  return text.slice(0, lengthMax).toWellFormed();
}

/** Deeper than any value that somebody means; to go down for ever would overflow the stack. */
const DEPTH_MAX = 500;

/**
 * A value of JSON with all of its texts well-formed, names of fields included; the same one where nothing was wrong. Left
 * alone is what is neither a text, a list nor a plain object, and what lies deeper than 500 levels.
 */
export function wellFormed<T>(value: T, depth = 0): T {
  if (typeof value === 'string') return value.toWellFormed() as T;
  if (depth > DEPTH_MAX) return value;
  if (Array.isArray(value)) {
    const items = value as unknown[];
    return unlessSame(
      items,
      items.map((item) => wellFormed(item, depth + 1)),
    ) as T;
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value);
  const mended = entries.map(([name, field]) => [name.toWellFormed(), wellFormed(field, depth + 1)] as const);
  const isSame = mended.every(([name, field], at) => name === entries[at]?.[0] && Object.is(field, entries[at][1]));
  return isSame ? value : (Object.fromEntries(mended) as T);
}

/**
 * Does the same to a message of protobuf, in place: it may be an object of any class, it holds no circles, and its bytes
 * are payloads, which are well-formed by their own encoding.
 */
export function mendMessage(message: object): void {
  const fields = message as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const field = fields[name];
    const isText = typeof field === 'string';
    if (!name.isWellFormed() || (isText && !field.isWellFormed())) {
      Reflect.deleteProperty(fields, name);
      fields[name.toWellFormed()] = isText ? field.toWellFormed() : field;
    }
    if (typeof field === 'object' && field !== null && !ArrayBuffer.isView(field)) mendMessage(field);
  }
}

function unlessSame<T extends unknown[]>(before: T, after: unknown[]): T {
  return after.every((item, at) => Object.is(item, before[at])) ? before : (after as T);
}

/** Of whatever realm: the workflow sandbox has classes of its own. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

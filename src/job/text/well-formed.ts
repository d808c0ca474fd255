/**
 * Makes texts well-formed. A text in JavaScript or JSON may hold half a character (a lone surrogate), which UTF-8
 * cannot express: protobufjs then writes bytes that Temporal's native half rejects, and the worker crashes. So each
 * half becomes U+FFFD, as in any UTF-8 encoder.
 */

/** The first characters of a text; if the cut splits a character of two halves, its half becomes U+FFFD. */
export function cut(text: string, lengthMax: number): string {
  return text.slice(0, lengthMax).toWellFormed();
}

/** Deeper than any sensible value; unbounded recursion would overflow the stack. */
const DEPTH_MAX = 500;

/**
 * A JSON value with all its texts well-formed, field names included; the very same value if nothing was wrong. Leaves
 * alone what is neither a text, a list nor a plain object, and what lies deeper than 500 levels.
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
 * Does the same to a protobuf message, in place. A message may be an object of any class, it has no cycles, and its
 * bytes are payloads, whose own encoding keeps them well-formed.
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

/** Plain objects of any realm: the workflow sandbox has classes of its own. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

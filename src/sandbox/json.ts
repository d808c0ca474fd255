import { randomUUID } from 'node:crypto';

export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a JSON scalar, as PHP's is_scalar() sees it; undefined for null, lists and objects. */
export function scalarText(value: unknown): string | undefined {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? String(value) : undefined;
}

/** Marks a bigint on its way through JSON.stringify; random, so that no document can imitate it. */
const MARK = randomUUID();
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g');

/** JSON with a bigint written as its digits: Keboola's ids may exceed 2^53, so those of the sandbox may too. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  // Only documents with a bigint get here, because a replacer makes writing several times slower.
  const marked = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${MARK}${item}` : item));
  return marked.replace(MARKED, '$1');
}

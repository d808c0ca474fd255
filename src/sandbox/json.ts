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

/** Marks a wide number on its way through JSON.stringify; nobody who writes a document can know it. */
const MARK = randomUUID();
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g');

/** JSON in which a bigint is written as its digits: ids of Keboola may go beyond 2^53, so those of the sandbox can. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  // Only documents with a wide number come here, because a replacer makes writing several times slower.
  const marked = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${MARK}${item}` : item));
  return marked.replace(MARKED, '$1');
}

import { isJsonObject } from '../json.js';
import type { JsonObject } from '../json.js';
import { matchesText } from './match-text.js';
import { parseDay } from './php-time.js';
import type { Bound, Query } from './query.js';

const DAY_MS = 86_400_000;

/** Not searchable in Keboola's mapping. */
const UNSEARCHABLE = new Set(['result', 'usage', '_index', '_type', 'isFinished', 'process']);

/** Whether a document satisfies a query. */
export function matches(query: Query, document: JsonObject): boolean {
  switch (query.kind) {
    case 'all':
      return true;
    case 'and':
      return query.parts.every((part) => matches(part, document));
    case 'or':
      return query.parts.some((part) => matches(part, document));
    case 'not':
      return !matches(query.part, document);
    case 'exists':
      return valuesOf(document, query.field).length > 0;
    case 'term':
      return candidates(document, query.field).some(({ field, value }) =>
        matchesText(field, String(value), query.text, query.isPhrase),
      );
    case 'range':
      return candidates(document, query.field).some(
        ({ value }) => isWithin(value, query.low, 1) && isWithin(value, query.high, -1),
      );
  }
}

type Leaf = string | number | boolean;

function candidates(document: JsonObject, field: string | undefined): { field: string; value: Leaf }[] {
  const fields = field === undefined ? Object.keys(document).filter((name) => !UNSEARCHABLE.has(name)) : [field];
  return fields.flatMap((name) => valuesOf(document, name).map((value) => ({ field: name, value })));
}

function valuesOf(document: JsonObject, path: string): Leaf[] {
  const [first = '', ...rest] = path.split('.');
  if (UNSEARCHABLE.has(first)) return [];
  let value: unknown = document[first];
  for (const name of rest) value = isJsonObject(value) ? value[name] : undefined;
  return leaves(value);
}

function leaves(value: unknown): Leaf[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item) => leaves(item));
}

/** `direction` 1 for a lower bound, -1 for an upper one. */
function isWithin(value: Leaf, bound: Bound | undefined, direction: 1 | -1): boolean {
  if (bound === undefined) return true;
  const difference = compare(value, bound, direction) * direction;
  return bound.isInclusive ? difference >= 0 : difference > 0;
}

function compare(value: Leaf, { text, isInclusive }: Bound, direction: 1 | -1): number {
  if (typeof value === 'number') return value - Number(text);
  const [time, limit] = [Date.parse(String(value)), parseDay(text)];
  if (Number.isNaN(time) || limit === undefined) return String(value) < text ? -1 : Number(String(value) > text);
  // A bare day as the last one means all of it.
  const isWholeDay = /^\d{4}-\d\d-\d\d$/.test(text) && (direction === -1) === isInclusive;
  return time - (isWholeDay ? limit + DAY_MS - 1 : limit);
}

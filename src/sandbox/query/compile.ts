import { isJsonObject } from '../json.js';
import type { JsonObject } from '../json.js';
import { compileText } from './match-text.js';
import { parseDay } from './php-time.js';
import type { Bound, Query } from './query.js';

const DAY_MS = 86_400_000;

/** Fields that are not searchable in Keboola's mapping. */
const UNSEARCHABLE = new Set(['result', 'usage', '_index', '_type', 'isFinished', 'process']);

/** Whether a document satisfies a query. */
export type Predicate = (document: JsonObject) => boolean;

/** Compiles a query once, for the thousands of documents that it is applied to. */
export function compile(query: Query): Predicate {
  switch (query.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const parts = query.parts.map(compile);
      return (document) => parts.every((part) => part(document));
    }
    case 'or': {
      const parts = query.parts.map(compile);
      return (document) => parts.some((part) => part(document));
    }
    case 'not': {
      const part = compile(query.part);
      return (document) => !part(document);
    }
    case 'exists': {
      const path = query.field.split('.');
      return (document) => valuesOf(document, path).length > 0;
    }
    case 'term': {
      const matcherFor = compileText(query.text, query.isPhrase);
      return anyValue(query.field, (field) => {
        const matches = matcherFor(field);
        return (value) => matches(String(value));
      });
    }
    case 'range': {
      const isIn = [within(query.low, 1), within(query.high, -1)];
      return anyValue(query.field, () => (value) => isIn.every((test) => test(value)));
    }
  }
}

type Leaf = string | number | bigint | boolean;
type Test = (value: Leaf) => boolean;

/** Whether any value of the field passes; without a field, any value of any searchable field. */
function anyValue(field: string | undefined, testFor: (field: string) => Test): Predicate {
  if (field !== undefined) {
    const [path, test] = [field.split('.'), testFor(field)];
    return (document) => valuesOf(document, path).some(test);
  }
  return (document) => Object.keys(document).some((name) => valuesOf(document, [name]).some(testFor(name)));
}

function valuesOf(document: JsonObject, path: readonly string[]): Leaf[] {
  if (UNSEARCHABLE.has(path[0] ?? '')) return [];
  let value: unknown = document;
  for (const name of path) value = isJsonObject(value) ? value[name] : undefined;
  return leaves(value);
}

function leaves(value: unknown): Leaf[] {
  if (typeof value === 'object') return value === null ? [] : Object.values(value).flatMap((item) => leaves(item));
  return value === undefined ? [] : [value as Leaf];
}

/** `direction` 1 for a lower bound, -1 for an upper one. */
function within(bound: Bound | undefined, direction: 1 | -1): Test {
  if (bound === undefined) return () => true;
  return (value) => {
    const difference = compare(value, bound, direction) * direction;
    return bound.isInclusive ? difference >= 0 : difference > 0;
  };
}

function compare(value: Leaf, { text, isInclusive }: Bound, direction: 1 | -1): number {
  if (typeof value === 'number' || typeof value === 'bigint') {
    // JavaScript compares number and bigint exactly; nothing is less or greater than a bound that is no number.
    const limit = /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
    return Number.isNaN(limit) ? Number.NaN : Number(value > limit) - Number(value < limit);
  }
  const [time, limit] = [Date.parse(String(value)), parseDay(text)];
  if (Number.isNaN(time) || limit === undefined) return String(value) < text ? -1 : Number(String(value) > text);
  // A bare day as an inclusive upper or exclusive lower bound means the end of that day.
  const isWholeDay = /^\d{4}-\d\d-\d\d$/.test(text) && (direction === -1) === isInclusive;
  return time - (isWholeDay ? limit + DAY_MS - 1 : limit);
}

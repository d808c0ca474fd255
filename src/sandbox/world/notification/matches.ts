import { isJsonObject, scalarText, type JsonObject } from '../../json.js';
import type { Filter } from './subscription.js';

type Operator = Filter['operator'];

const COMPARISONS: Record<Exclude<Operator, '=='>, (one: number, other: number) => boolean> = {
  '<': (one, other) => one < other,
  '>': (one, other) => one > other,
  '<=': (one, other) => one <= other,
  '>=': (one, other) => one >= other,
};

/** Whether all filters hold for the document of an event; a filter on a field that it does not have never holds. */
export function matchesAll(document: JsonObject, filters: readonly Filter[]): boolean {
  return filters.every(({ field, operator, value }) => {
    const found = scalarText(at(document, field.split('.')));
    if (found === undefined) return false;
    return operator === '==' ? found === value : COMPARISONS[operator](Number(found), Number(value));
  });
}

function at(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  return isJsonObject(value) && Object.hasOwn(value, key) ? at(value[key], rest) : undefined;
}

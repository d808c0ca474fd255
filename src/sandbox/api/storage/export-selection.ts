import { isJsonObject, scalarText } from '../../json.js';
import type { JsonObject } from '../../json.js';
import { parsePhpTime } from '../../query/php-time.js';
import type { Table } from '../../storage/catalog.js';
import type { ExportSelection, Order } from '../../storage/export-table.js';
import { OPERATORS } from '../../storage/row-filter.js';
import type { Operator, RowSelection, WhereFilter } from '../../storage/row-filter.js';
import type { Call } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { bodyList, bodyText, inStorageWords } from './storage-call.js';

const FILTERS_MAX = 100;

/** Which columns and rows an export asks for. @throws StorageProblem 400 */
export function exportSelection(call: Call, table: Table, asked: JsonObject): ExportSelection {
  const columns = bodyList(asked, 'columns');
  for (const name of columns) requireColumn(table, name);
  return { ...rowSelection(call, table, asked), columns, order: orders(table, asked), limit: limitOf(asked) };
}

/** Which rows the call selects. @throws StorageProblem 400 */
export function rowSelection(call: Call, table: Table, asked: JsonObject): RowSelection {
  const time = (name: string): number | undefined => {
    const text = bodyText(asked, name);
    const { world, documents } = call.simulation;
    if (text === undefined) return undefined;
    if (/^\d+$/.test(text)) return Number(text) * 1000;
    return inStorageWords(() => parsePhpTime(text, world.nowMs, documents.zone));
  };
  return {
    filters: filters(table, asked),
    changedSinceMs: time('changedSince'),
    changedUntilMs: time('changedUntil'),
  };
}

function filters(table: Table, asked: JsonObject): WhereFilter[] {
  const old = bodyText(asked, 'whereColumn');
  if (old !== undefined) {
    const operator = asked['whereOperator'];
    return [filter(table, { column: old, values: asked['whereValues'], ...(operator !== undefined && { operator }) })];
  }
  return objects(asked, 'whereFilters').map((item) => filter(table, item));
}

function filter(table: Table, item: JsonObject): WhereFilter {
  const operator = (bodyText(item, 'operator') ?? 'eq') as Operator;
  if (!OPERATORS.includes(operator)) throw invalid(`The operator "${operator}" is none of ${OPERATORS.join(', ')}`);
  const values = Array.isArray(item['values']) ? item['values'].map((value: unknown) => scalarText(value) ?? '') : [];
  if (values.length === 0) throw invalid('A filter needs a list of values');
  return { column: requireColumn(table, bodyText(item, 'column')), operator, values, isNumeric: isNumeric(item) };
}

function orders(table: Table, asked: JsonObject): Order[] {
  return objects(asked, 'orderBy').map((item) => ({
    column: requireColumn(table, bodyText(item, 'column')),
    isDescending: (bodyText(item, 'order') ?? 'ASC').toUpperCase() === 'DESC',
    isNumeric: isNumeric(item),
  }));
}

function objects(asked: JsonObject, name: string): JsonObject[] {
  const value = asked[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > FILTERS_MAX)
    throw invalid(`${name} must be a list of ${FILTERS_MAX} at most`);
  return value.map((item: unknown) => {
    if (isJsonObject(item)) return item;
    throw invalid(`${name} must be a list of objects`);
  });
}

function isNumeric(item: JsonObject): boolean {
  return bodyText(item, 'dataType') !== undefined;
}

function limitOf(asked: JsonObject): number | undefined {
  const text = bodyText(asked, 'limit');
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalid(`limit must be a whole number, not "${text}"`);
}

function requireColumn({ columns }: Table, name = ''): string {
  if (columns.includes(name)) return name;
  throw new StorageProblem(
    400,
    'storage.tables.nonExistingColumns',
    `The column "${name}" does not exist in the table.`,
  );
}

function invalid(message: string): StorageProblem {
  return new StorageProblem(400, 'storage.tables.validation', message);
}

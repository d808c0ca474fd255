import { isJsonObject, scalarText } from '../../json.js';
import type { JsonObject } from '../../json.js';
import { storageHolder } from '../call.js';
import type { Call, Holder } from '../call.js';
import { StorageProblem, SyrupProblem } from '../../answer/problem.js';
import { readForm } from './form-body.js';

/** The caller's token, which must be allowed to change the project. @throws StorageProblem 401, 403 */
export function storageWriter(call: Call): Holder {
  const holder = storageHolder(call);
  if (holder.token.role !== 'readOnly') return holder;
  throw new StorageProblem(403, 'accessDenied', "You don't have access to the resource.");
}

/** The body, from JSON or a form; an empty body and PHP's empty `[]` are an empty object. @throws StorageProblem 400 */
export function storageBody(call: Call): JsonObject {
  if (call.body.trim() === '') return {};
  // JSON is recognized whatever its content type: by default, curl calls every body a form.
  const isForm = (call.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  if (isForm && !/^\s*[{[]/.test(call.body)) return readForm(call.body);
  const value = parse(call.body);
  if (Array.isArray(value) && value.length === 0) return {};
  if (isJsonObject(value)) return value;
  throw malformed();
}

/** True in any spelling that PHP and Python clients use in bodies and in queries. */
export function isTrue(value: unknown): boolean {
  return ['1', 'true', 'on', 'yes'].includes(scalarText(value)?.toLowerCase() ?? '');
}

/** A scalar of the body as text; undefined when it is absent, null, empty or no scalar. */
export function bodyText(body: JsonObject, name: string): string | undefined {
  const text = scalarText(body[name]);
  return text === '' ? undefined : text;
}

/** A list of the body, which may also come as a text separated by commas. */
export function bodyList(body: JsonObject, name: string): string[] {
  const value = body[name];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => scalarText(item) ?? []);
  const text = bodyText(body, name);
  return text === undefined ? [] : text.split(',').map((item) => item.trim());
}

/** @throws StorageProblem 400 for anything but a whole number up to `max`. */
export function queryWhole({ query }: Call, name: string, otherwise: number, max: number): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  throw new StorageProblem(
    400,
    'storage.validation',
    `${name} must be a whole number of at most ${max}, not "${text}"`,
  );
}

/** Turns a refusal by a helper that Storage shares with Syrup into one by Storage. */
export function inStorageWords<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof SyrupProblem) throw new StorageProblem(error.status, 'storage.validation', error.message);
    throw error;
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw malformed();
  }
}

function malformed(): StorageProblem {
  return new StorageProblem(400, 'malformedRequest', 'Malformed request: the body is neither a JSON object nor a form');
}

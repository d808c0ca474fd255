import { isPlainRunId } from '../run-id.js';
import { cut } from '../text/well-formed.js';

/**
 * Small checks for the JSON that one run hands on to the next, or one workflow to another, because a schema library has
 * no place in the workflow bundle.
 *
 * @returns what is wrong and where, such as `plan.connection: expected text`; undefined if nothing is.
 */
export type Guard<T> = ((value: unknown, at: string) => string | undefined) & {
  /** Never present at run time: it ties the guard to the type that it lets pass. */
  readonly passes?: T | undefined;
};

/** One guard for each field, optional fields included. */
export type Guards<T> = { [Name in keyof T]-?: Guard<T[Name] | (object extends Pick<T, Name> ? undefined : never)> };

/** Temporal takes 2 MiB for a workflow's whole payload; none of our texts comes near this limit. */
const TEXT_LENGTH_MAX = 100_000;
const KEY_LENGTH_MAX = 100;
/** The range of `Date`, less some room for adding a delay. */
const MOMENT_MS_MAX = 8e15;
/** Thirty years. */
const DURATION_MS_MAX = 1e12;

export const text: Guard<string> = textUpTo(TEXT_LENGTH_MAX);
/** A run id becomes a header and a part of searches. */
export const plainRunId: Guard<string> = textThat(isPlainRunId, 'a run id');
export const flag: Guard<boolean> = when((value) => typeof value === 'boolean', 'true or false');
export const yes: Guard<true> = when((value) => value === true, 'true');
export const absent: Guard<undefined> = when((value) => value === undefined, 'nothing');
export const anything: Guard<unknown> = () => undefined;
export const number: Guard<number> = when((value) => Number.isFinite(value), 'a finite number');
/** Epoch milliseconds. */
export const moment: Guard<number> = numberBetween(-MOMENT_MS_MAX, MOMENT_MS_MAX);
export const milliseconds: Guard<number> = numberBetween(0, DURATION_MS_MAX);
export const count: Guard<number> = when((value) => Number.isSafeInteger(value) && Number(value) >= 0, 'a count');
export const json: Guard<Record<string, unknown>> = when(isRecord, 'a JSON object');

export function textUpTo(lengthMax: number): Guard<string> {
  const expected = `text of at most ${lengthMax} characters`;
  return when((value) => typeof value === 'string' && value.length <= lengthMax, expected);
}

export function textLike(pattern: RegExp): Guard<string> {
  return when((value) => typeof value === 'string' && pattern.test(value), `text matching ${pattern.source}`);
}

export function textThat<T extends string>(isRight: (text: string) => text is T, expected: string): Guard<T>;
export function textThat(isRight: (text: string) => boolean, expected: string): Guard<string>;
export function textThat(isRight: (text: string) => boolean, expected: string): Guard<string> {
  return when((value) => typeof value === 'string' && isRight(value), expected);
}

/**
 * A word from a list that a later version may have extended. A client or a pipeline may be older than the worker that
 * wrote the word, and a result that it does not understand must not look as if there had been no job.
 *
 * @param others words that mean something else.
 */
export function openWord<T extends string>(...others: readonly string[]): Guard<T> {
  return textThat((word): word is T => word !== '' && !others.includes(word), 'a word that says so');
}

export function numberBetween(min: number, max: number): Guard<number> {
  const expected = `a number from ${min} to ${max}`;
  return when((value) => typeof value === 'number' && value >= min && value <= max, expected);
}

export function wholeBetween(min: number, max: number): Guard<number> {
  const expected = `a whole number from ${min} to ${max}`;
  return when((value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max, expected);
}

export function oneOf<T extends string>(...words: readonly T[]): Guard<T> {
  return when((value) => (words as readonly unknown[]).includes(value), `one of ${words.join(', ')}`);
}

/** Whether the guard lets a value pass. */
export function isPassedBy<T>(guard: Guard<T>, value: unknown): value is T {
  return guard(value, '') === undefined;
}

/** Also accepts an absent value, but not `null`. */
export function optional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value, at) => (value === undefined ? undefined : guard(value, at));
}

export function list<T>(guard: Guard<T>, lengthMax: number): Guard<T[]> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length > lengthMax) return wrong(at, `a list of at most ${lengthMax} items`);
    return first(value, (item, index) => guard(item, below(at, index)));
  };
}

export function dictionary<T>(key: RegExp, guard: Guard<T>, sizeMax: number): Guard<Record<string, T>> {
  return (value, at) => {
    if (!isRecord(value)) return wrong(at, 'a JSON object');
    const entries = Object.entries(value);
    if (entries.length > sizeMax) return wrong(at, `up to ${sizeMax} fields`);
    return first(entries, ([name, item]) =>
      key.test(name) ? guard(item, below(at, name)) : `${below(at, name)}: unknown field`,
    );
  };
}

/** An object with exactly these fields. A field that is added to the type later cannot be forgotten here. */
export function fields<T extends object>(guards: Guards<T>): Guard<T> {
  return (value, at) => {
    if (!isRecord(value)) return wrong(at, 'a JSON object');
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(guards, name));
    return unknown === undefined ? firstOf(guards, value, at) : `${below(at, unknown)}: unknown field`;
  };
}

/** One of several kinds of objects, told apart by the value of this field. */
export function tagged<T extends Record<Tag, string>, Tag extends string>(
  tag: Tag,
  guards: { [Kind in T[Tag]]: Guard<Extract<T, Record<Tag, Kind>>> },
): Guard<T> {
  return (value, at) => {
    if (!isRecord(value)) return wrong(at, 'a JSON object');
    const kind = Object.keys(guards).find((one) => one === value[tag]) as T[Tag] | undefined;
    return kind === undefined
      ? wrong(below(at, tag), `one of ${Object.keys(guards).join(', ')}`)
      : guards[kind](value, at);
  };
}

/** An object that has at least these fields; all others are handed on unchecked. */
export function atLeast<T extends object>(guards: Guards<T>): Guard<T> {
  return (value, at) => (isRecord(value) ? firstOf(guards, value, at) : wrong(at, 'a JSON object'));
}

function firstOf(guards: object, value: Record<string, unknown>, at: string): string | undefined {
  return first(Object.entries(guards) as [string, Guard<unknown>][], ([name, guard]) =>
    guard(value[name], below(at, name)),
  );
}

function first<T>(items: readonly T[], problem: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = problem(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function when(
  isRight: (value: unknown) => boolean,
  expected: string,
): (value: unknown, at: string) => string | undefined {
  return (value, at) => (isRight(value) ? undefined : wrong(at, expected));
}

function wrong(at: string, expected: string): string {
  return at === '' ? `expected ${expected}` : `${at}: expected ${expected}`;
}

function below(at: string, name: string | number): string {
  const short = cut(String(name), KEY_LENGTH_MAX);
  return at === '' ? short : `${at}.${short}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

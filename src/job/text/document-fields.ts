/** Longer texts are no names, and would not fit where views are shown and searched. */
const NAME_LENGTH_MAX = 1_000;
const SHORT_LENGTH_MAX = 255;

/** Ids are kept as text: they may exceed what a number holds, and a rounded number would name another job. */
export function id(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  return name(value);
}

/** A duration, as a number or as text. */
export function seconds(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}

/** Text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Text that is short enough to be shown and searched. */
export function name(value: unknown): string | undefined {
  const given = text(value);
  return given !== undefined && given.length <= NAME_LENGTH_MAX ? given : undefined;
}

/** An entry of a list: long entries would make the list too large for the workflow history. */
export function short(value: string | undefined): string | undefined {
  return value !== undefined && value.length <= SHORT_LENGTH_MAX ? value : undefined;
}

/** PHP writes an empty object as `[]`; that has no fields either, so undefined will do. */
export function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

const INDEX = /^\d+$/;

/** PHP writes a list with gaps as an object keyed by index. Anything that is no list is returned unchanged. */
export function asList(value: unknown): unknown {
  const listed = record(value);
  return listed && Object.keys(listed).every((key) => INDEX.test(key)) ? Object.values(listed) : value;
}

type Compacted<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Drops undefined fields, so that views compare and print well. */
export function compact<T extends object>(value: T): Compacted<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Compacted<T>;
}

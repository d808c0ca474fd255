/** What is readonly to all others, for those who write it: the functions beside this file, each of which says what has happened. */
export type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Lets the functions in this folder write state that is readonly for all others. Each says what has happened. */
export type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

import { InvalidArgumentError } from 'commander';

/** Readers of numbers from options; each throws InvalidArgumentError, which commander turns into a usage error. */

export function portNumber(text: string): number {
  return within(text, 0, 65_535);
}

export function positiveNumber(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 100_000)) throw new InvalidArgumentError('Expected a number above 0, at most 100000.');
  return number;
}

export function countUpTo(max: number, min = 1): (text: string) => number {
  return (text) => within(text, min, max);
}

function within(text: string, min: number, max: number): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= min && number <= max) return number;
  throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
}

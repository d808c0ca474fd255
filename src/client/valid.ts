import type { Checked } from '../input/check-input.js';
import { InvalidInputError } from './errors.js';

/** Unwraps a check: the input with its defaults filled in. @throws InvalidInputError. */
export function valid<T>(check: Checked<T>): T {
  if (check.ok) return check.value;
  throw new InvalidInputError(check.problems);
}

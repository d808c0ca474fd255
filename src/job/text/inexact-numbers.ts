import { isHeld } from './exact-number.js';

/** A number of an input that is not, or may not be, the one that its author wrote. */
export interface InexactNumber {
  path: string[];
  number: number;
}

/** Nobody reads more of them. */
const FOUND_MAX = 50;
/** A deeper input is refused for its depth. */
export const INPUT_DEPTH_MAX = 64;

/**
 * Finds the numbers that JSON and JavaScript silently change: whole numbers beyond 2^53 - 1, which were rounded when
 * they were read, and non-finite numbers, which would be written as `null`.
 */
export function inexactNumbers(value: unknown): InexactNumber[] {
  const found: InexactNumber[] = [];
  visit(value, []);
  return found;

  function visit(here: unknown, path: string[]): void {
    if (found.length >= FOUND_MAX || path.length > INPUT_DEPTH_MAX) return;
    if (typeof here === 'number') {
      if (!isHeld(here)) found.push({ path, number: here });
    } else if (typeof here === 'object' && here !== null) {
      for (const [key, child] of Object.entries(here)) visit(child, [...path, key]);
    }
  }
}

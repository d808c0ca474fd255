import { inexactNumbers } from '../../job/text/inexact-numbers.js';
import { failure } from '../failures.js';

/**
 * Hands an author's input to the activity that checks it. A number that is not finite is refused here, since it would
 * become `null` on the way.
 *
 * @throws ApplicationFailure `InvalidInput`; whatever the activity throws.
 */
export function checkedBy<Input, T>(check: (input: Input) => Promise<T>, input: Input): Promise<T> {
  const lost = inexactNumbers(input).find(({ number }) => !Number.isFinite(number));
  if (!lost) return check(input);
  const place = lost.path.map(shown).join('.');
  throw failure('InvalidInput', `${place}: the number is too large for JSON; write it in quotes`);
}

/** A key that is no plain word may be a secret. */
function shown(key: string): string {
  return /^#?\w{1,100}$/.test(key) ? key : '*';
}

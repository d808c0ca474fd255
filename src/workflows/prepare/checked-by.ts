import { jsonBytes } from '../../job/bound-result.js';
import { inexactNumbers } from '../../job/text/inexact-numbers.js';
import { isTooDeep, TOO_DEEP } from '../../job/text/too-deep.js';
import { failure } from '../failures.js';

/** Temporal takes 2 MiB for the arguments of an activity, and ends a workflow that hands over more. */
const BYTES_MAX = 2_000_000;

/**
 * Hands an author's input to the activity that checks it. What would not get there as it is, is refused here: a number
 * that is not finite would become `null`, and an input may be longer than it came when it is written anew.
 *
 * @throws ApplicationFailure `InvalidInput`; whatever the activity throws.
 */
export function checkedBy<Input, T>(check: (input: Input) => Promise<T>, input: Input): Promise<T> {
  // Bytes have no numbers to look for, and millions of keys.
  if (ArrayBuffer.isView(input)) throw failure('InvalidInput', 'expected a JSON object, got bytes');
  if (isTooDeep(input)) throw failure('InvalidInput', `the input ${TOO_DEEP}`);
  const lost = inexactNumbers(input).find(({ number }) => !Number.isFinite(number));
  if (!lost) {
    requireRoom(input);
    return check(input);
  }
  const place = lost.path.map(shown).join('.');
  throw failure('InvalidInput', `${place}: the number is too large for JSON; write it in quotes`);
}

function requireRoom(input: unknown): void {
  const bytes = jsonBytes(input);
  // An author's converter may bring what JSON lacks.
  if (bytes === Infinity) throw failure('InvalidInput', 'the input cannot be written as JSON (a BigInt)');
  if (bytes > BYTES_MAX) throw failure('InvalidInput', `the input is ${bytes} bytes of JSON, at most ${BYTES_MAX}`);
}

/** A key that is no plain word may be a secret. */
function shown(key: string): string {
  return /^#?\w{1,100}$/.test(key) ? key : '*';
}

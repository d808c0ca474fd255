import { closingFailure, failure } from '../failures.js';

/**
 * Takes every step in turn, although one before it failed: a job that does not obey keeps no other from being stopped.
 *
 * @throws TemporalFailure of the step that failed; of several, `KillNotConfirmed` with the words of all.
 */
export async function tryAll(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const problems: unknown[] = [];
  for (const step of steps) {
    await step().catch((error: unknown) => problems.push(error));
  }
  const [first, ...others] = problems.map(closingFailure);
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw failure('KillNotConfirmed', [first, ...others].map(({ message }) => message).join(' '));
}

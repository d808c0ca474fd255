import { closingFailure, failure } from '../failures.js';

/**
 * Takes every step in turn, even if one before it failed: a job that does not obey must not keep others from being
 * stopped.
 *
 * @throws TemporalFailure of the step that failed; if several failed, `KillNotConfirmed` with all their messages.
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

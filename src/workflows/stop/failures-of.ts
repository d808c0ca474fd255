import { ApplicationFailure, type TemporalFailure } from '@temporalio/workflow';
import { asSentence } from '../../job/text/as-sentence.js';
import { closingFailure, failure } from '../failures.js';

/**
 * Takes all steps at the same time: a job that does not stop must not keep others from being stopped, nor use up their
 * time.
 *
 * @returns why some failed, in the order of the steps.
 */
export async function failuresOf(steps: readonly (() => Promise<unknown>)[]): Promise<TemporalFailure[]> {
  const ends = await Promise.allSettled(steps.map((step) => step()));
  return ends.flatMap((end) => (end.status === 'rejected' ? [closingFailure(end.reason)] : []));
}

/** @throws TemporalFailure if there is one; for several, `KillNotConfirmed` with all their messages and details. */
export function throwAll(failures: readonly TemporalFailure[]): void {
  const [first, ...others] = failures;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  const messages = failures.map(({ message }) => asSentence(message));
  throw failure('KillNotConfirmed', messages.join(' '), ...failures.flatMap(detailsOf));
}

export function detailsOf(failed: TemporalFailure): unknown[] {
  return failed instanceof ApplicationFailure ? (failed.details ?? []) : [];
}

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

/** @throws TemporalFailure `allInOne` of the failures, if there are any. */
export function throwAll([first, ...others]: readonly TemporalFailure[]): void {
  if (first) throw allInOne(first, ...others);
}

/** @returns the first failure, if it is alone; else `KillNotConfirmed` with all their messages and details. */
export function allInOne(first: TemporalFailure, ...others: readonly TemporalFailure[]): TemporalFailure {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const messages = all.map(({ message }) => asSentence(message));
  return failure('KillNotConfirmed', messages.join(' '), ...all.flatMap(detailsOf));
}

export function detailsOf(failed: TemporalFailure): unknown[] {
  return failed instanceof ApplicationFailure ? (failed.details ?? []) : [];
}

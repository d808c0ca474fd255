import type { StopDescendantsAnswer } from '../remote-steps.js';
import { durationText } from '../text/time-text.js';

/** Keboola's job index usually lags by seconds; people need to look only if it lags longer. */
const USUAL_LAG_MS_MAX = 60_000;

/**
 * For people: what the workflow waits for while the jobs below a stopped job are being stopped.
 *
 * @param waitedMs how long there has been no answer to rely on.
 */
export function stoppingText(answer: StopDescendantsAnswer, waitedMs: number): string {
  if (answer.kind === 'no-answer') return `the child jobs cannot be listed: ${answer.message}`;
  if (answer.open > 0) return `${answer.open}${answer.more ? ' or more' : ''} child jobs are being stopped`;
  if (answer.healthy) return 'the job has stopped; checking that no child job is still running';
  if (waitedMs < USUAL_LAG_MS_MAX) {
    return (
      "the job has stopped; waiting for Keboola's job list to show that, " +
      'then checking that no child job is running'
    );
  }
  return (
    `Keboola's job list has not shown the end of the job for ${durationText(waitedMs)}, ` +
    'so its child jobs are not known'
  );
}

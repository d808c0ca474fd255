import { CancellationScope } from '@temporalio/workflow';
import type { CreateOrigin, CreateOutcome, CreatedJob } from '../../job/create/creation.js';
import type { Creation } from './creation-attempt.js';
import { failure } from '../failures.js';
import { findLostJob } from './find-lost-job.js';
import type { SearchWindow } from './search-window.js';
import type { JobLife } from '../job-life.js';
import { postOnce } from './post-once.js';
import { waitOut } from '../wait/backoff.js';
import { waitBeforeCreating } from '../wait/wait-until-due.js';
import { waitForCapacity } from './wait-for-capacity.js';

const MINUTE_MS = 60_000;
/** After a reset it is likely that nothing was sent; the search makes sure of it. */
export const BEFORE_RESET: SearchWindow = { emptyMsMax: 5 * MINUTE_MS, totalMsMax: 120 * MINUTE_MS };
/** Keboola says 400 also when its own Storage failed for a moment, so such a refusal is believed the third time. */
const REFUSALS_MAX = 3;
const REFUSAL_DELAY_MS = 5_000;

export type PostAnswer = { kind: 'created'; job: CreatedJob; watched?: true } | LostAnswer;

/** Nobody knows whether there is a job. */
export type LostAnswer = Extract<CreateOutcome, { kind: 'unknown' }>;

/**
 * Sends the creating POST until Keboola has answered it, always under the same run id, and never again after one that
 * may have made a job.
 */
export async function postUntilAnswered(life: JobLife, creation: Creation): Promise<PostAnswer> {
  const known: Omit<CreateOrigin, 'originalRunId'> = life.state.wasReset ? { wasReset: true } : {};
  let refusals = 0;
  // Unbounded in count, bounded in time by `backoff`.
  for (;;) {
    if (creation.capacity) await waitForCapacity(life, creation.capacity);
    const unprepared = await creation.prepare?.();
    if (unprepared) {
      await waitOut(life, unprepared, 'Ask again: nothing was created');
      continue;
    }
    const outcome = await postOnce(creation, known);
    if (outcome.kind === 'accepted') return { ...outcome, kind: 'created' };
    if (outcome.kind === 'unknown') return outcome;
    if (outcome.kind === 'search-first') {
      const end = await findFormer(life, creation, outcome.message);
      if (end.kind !== 'absent') return end;
      known.searchedInRun = end.inRun;
    } else if (outcome.kind === 'refused') {
      refusals += 1;
      if (!outcome.perhapsPassing || refusals >= REFUSALS_MAX) throw failure(outcome.type, outcome.message);
      life.note(`Keboola said no, which may pass; asking again: ${outcome.message}`);
      await waitBeforeCreating(life, REFUSAL_DELAY_MS * refusals, 'Ask again: the refusal may have been a passing one');
    } else {
      // Nothing was created, so stop ends this at once.
      await waitOut(life, { ...outcome, kind: 'no-answer' }, 'Ask again: nothing was created');
    }
  }
}

type Former = PostAnswer | { kind: 'absent'; inRun: string };

async function findFormer(life: JobLife, creation: Creation, reason: string): Promise<Former> {
  const end = await CancellationScope.nonCancellable(() => findLostJob(life, creation, reason, () => BEFORE_RESET));
  if (end.kind === 'found') return { kind: 'created', job: end.job };
  return end.kind === 'absent' ? end : { kind: 'unknown', message: reason };
}

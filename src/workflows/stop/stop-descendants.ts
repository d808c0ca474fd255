import { placeToLook } from '../../job/job-page.js';
import type { StopDescendantsAnswer } from '../../job/remote-steps.js';
import { stoppingText } from '../../job/tree/stopping-text.js';
import { doublingMs } from '../../job/wait/doubling.js';
import { stopDescendants as stopThem } from '../activities.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { orNoAnswer } from '../or-no-answer.js';

/** Keboola's list lags by seconds, so one empty answer proves nothing, and two at the same moment hardly more. */
const BETWEEN_MS = 5_000;
const DELAY_MS_MIN = 1_000;
const DELAY_MS_MAX = 15_000;
const EMPTY_ROUNDS = 2;
/** How long to ask the child jobs of a job that does not obey. */
const ASK_MS_MAX = 60_000;

/**
 * Stops the jobs that our job has spawned, at any depth. Keboola does so by itself if all goes well; here it is proved:
 * two answers in a row show nothing that runs, and each of them also shows our own job.
 *
 * @throws ApplicationFailure `KillNotConfirmed` if that proof does not come in time.
 */
export async function stopDescendants(life: JobLife, untilMs: number): Promise<void> {
  let empty = 0;
  let last = '';
  let reliableMs = life.time.now();
  for (let tries = 0; tries === 0 || life.time.now() < untilMs; tries++) {
    const answer = await ask(life);
    if (answer.kind === 'asked' && (answer.healthy || answer.open > 0)) reliableMs = life.time.now();
    last = stoppingText(answer, life.time.now() - reliableMs);
    life.note(last);
    if (answer.kind === 'no-answer' || !answer.healthy || answer.open > 0) {
      empty = 0;
      await life.time.sleep(delayMsAfter(answer, tries), { summary: 'Stop the child jobs' });
    } else {
      empty += 1;
      if (empty >= EMPTY_ROUNDS) return;
      await life.time.sleep(BETWEEN_MS, { summary: 'Make sure that no child job runs' });
    }
  }
  const { jobId } = life.job;
  const see = placeToLook(life.plan, life.job);
  throw failure('KillNotConfirmed', `The child jobs of job ${jobId} may still run: ${last}. See ${see}`);
}

/**
 * Asks the child jobs of a job that does not obey to stop, as far as Keboola's list shows them. Nothing is proved: it may
 * spawn more.
 */
export async function askDescendants(life: JobLife): Promise<void> {
  const untilMs = life.time.now() + ASK_MS_MAX;
  for (let tries = 0; ; tries++) {
    const answer = await ask(life);
    const allAreAsked = answer.kind === 'asked' && !answer.more;
    if (allAreAsked || life.time.now() >= untilMs) return;
    await life.time.sleep(delayMsAfter(answer, tries), { summary: 'Stop the child jobs' });
  }
}

function ask(life: JobLife): Promise<StopDescendantsAnswer> {
  return orNoAnswer(() => stopThem({ ...life.ref, runIds: life.state.runIds }));
}

/** While some jobs have not even been asked to stop, there is nothing to wait for. */
function delayMsAfter(answer: StopDescendantsAnswer, tries: number): number {
  if (answer.kind === 'asked' && answer.more) return DELAY_MS_MIN;
  return doublingMs(tries, DELAY_MS_MIN, DELAY_MS_MAX);
}

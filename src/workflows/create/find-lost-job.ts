import { canBeStopped } from '../../job/run-plan.js';
import { canBeSearchedFor } from '../../job/create/recognition.js';
import { expectAnother } from '../../job/life/creations.js';
import { choose, foundJob, type CreatedJob } from '../../job/create/creation.js';
import type { SearchAnswer } from '../../job/remote-steps.js';
import { doublingMs } from '../../job/wait/doubling.js';
import { Candidates } from './candidates.js';
import type { Creation } from './creation-attempt.js';
import type { JobLife } from '../job-life.js';
import { orNoAnswer } from '../or-no-answer.js';
import { CERTAIN_MS, UNPROVED_MS, type SearchWindow } from './search-window.js';
import { reportUnstopped } from '../stop/late-jobs.js';
import { stopDuplicates } from '../stop/stop-late-jobs.js';

export type SearchEnd =
  /** `runId`: the run id that was sent for it. */
  | { kind: 'found'; job: CreatedJob; runId: string }
  /** `inRun`: the workflow run that has searched. `certain`: the same POST may be sent again. */
  | { kind: 'absent'; inRun: string; certain: boolean }
  /**
   * `proven`: jobs below it were seen, so it was created. `candidates`: any of these may be it. `of`: the creation that
   * this is about, if it is not the one that was searched for first.
   */
  | { kind: 'unclear'; proven: boolean; candidates: string[]; of?: Pick<Sought, 'runId' | 'trace' | 'isUnfenced'> };

/** The parts of a creation by which its job is searched for. */
export type Sought = Pick<Creation, 'runId' | 'isUnfenced' | 'trace' | 'search' | 'mayClaim' | 'comeFurther'>;

const DELAY_MS_MIN = 1_000;
const DELAY_MS_MAX = 60_000;
/** How long to wait until a second job obeys that no search can find again. */
const OBEY_MS_MAX = 60_000;

/**
 * Searches for the job of a creation whose answer was lost, by what only this creation has sent.
 *
 * @param window asked before every search, because a cancel in the meantime changes how long searching is worthwhile.
 * @returns the job; `absent` if trustworthy searches during a whole window did not show it; `unclear` otherwise.
 */
export async function findLostJob(
  life: JobLife,
  creation: Sought,
  reason: string,
  window: () => SearchWindow,
): Promise<SearchEnd> {
  const { time } = life;
  const startedMs = time.now();
  let emptySinceMs: number | undefined;
  const candidates = new Candidates();
  let proven = false;
  for (let tries = 0; time.now() - startedMs < window().totalMsMax; tries++) {
    const theOne = candidates.theOne(time.now());
    if (theOne !== undefined && !creation.mayClaim?.()) break;
    const answer = await orNoAnswer(() => creation.search(theOne));
    candidates.seen(answer, time.now());
    if (candidates.areSeveral(time.now())) break;
    const shown = answer.kind === 'searched' ? answer : undefined;
    const job = shown && (await takeOne(life, creation, shown));
    if (job) return { kind: 'found', job, runId: creation.runId };
    if (shown?.proven) proven = true;
    // What was seen once still counts when the index shows less later.
    if (shown?.trustworthy && !proven && !candidates.exist) {
      emptySinceMs ??= time.now();
      const emptyMs = time.now() - emptySinceMs;
      if (emptyMs >= emptyMsMax(shown, window())) return absent(shown);
    } else if (deferralOf(answer) === undefined) {
      emptySinceMs = undefined;
    }
    if (shown?.absence === 'unproved') await creation.comeFurther?.();
    const seen = proven ? 'the job exists, since Keboola lists its child jobs; ' : '';
    life.note(`${reason}; ${seen}searching for ${creation.trace} (${tries + 1} searches)`);
    const ownPace = doublingMs(tries, DELAY_MS_MIN, DELAY_MS_MAX);
    await time.sleep(deferralOf(answer) ?? ownPace, { summary: 'Search again' });
  }
  return { kind: 'unclear', proven, candidates: candidates.jobIds };
}

type Searched = Extract<SearchAnswer, { kind: 'searched' }>;

function emptyMsMax({ absence }: Searched, window: SearchWindow): number {
  if (absence === 'certain') return window.certainMsMax ?? CERTAIN_MS;
  return absence === 'unproved' ? (window.unprovedMsMax ?? UNPROVED_MS) : window.emptyMsMax;
}

function absent({ absence, workflowRunId }: Searched): SearchEnd {
  return { kind: 'absent', inRun: workflowRunId, certain: absence === 'certain' };
}

/** A search that our own request budget put off says nothing about Keboola, and is to be repeated soon. */
function deferralOf(answer: SearchAnswer): number | undefined {
  return answer.kind === 'no-answer' ? answer.deferredMs : undefined;
}

/**
 * Keeps one of the jobs that were found and stops the others: each would run the same work a second time. The one that
 * is kept must not wait until the others obey, so they are asked once and looked for again later; if no search can find
 * them again, they have a minute to obey.
 */
async function takeOne(life: JobLife, creation: Sought, { hits }: Searched): Promise<CreatedJob | undefined> {
  const choice = choose(hits);
  if (!choice) return undefined;
  const { plan, state, time } = life;
  const extras = canBeStopped(plan) ? choice.extras : [];
  const areLookedFor = canBeSearchedFor(plan);
  const untilMs = time.now() + (areLookedFor ? 0 : OBEY_MS_MAX);
  const failures = await stopDuplicates(life, extras, untilMs);
  if (!areLookedFor) failures.forEach(reportUnstopped);
  else if (failures.length > 0) expectAnother(state, creation.runId);
  return foundJob(choice.keep);
}

import { fencesUpTo } from '../../job/create/fence.js';
import {
  chooseForeign,
  foreignJobText,
  type ForeignJob,
  type ForeignJobsAnswer,
  type ForeignJobsRequest,
} from '../../job/create/foreign-jobs.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { foreignDecided, foreignSeen, ownSearched } from '../../job/life/creations.js';
import { CREATIONS_MAX, type LifeState } from '../../job/life-state.js';
import { placeOf, type ForeignJobRule } from '../../job/run-plan.js';
import { durationText } from '../../job/text/time-text.js';
import { delayBesideMs } from '../../job/wait/poll-schedule.js';
import { findForeignJobs } from '../activities.js';
import { failure } from '../failures.js';
import type { JobLife } from '../job-life.js';
import { tellCreation } from '../show/tell-metrics.js';
import { orNoAnswer } from '../or-no-answer.js';
import { findFormerJob, mustLookForFormerJob } from './former-job.js';
import { isReset } from '../reset/is-reset.js';
import { askUntilAnswered, waitOut, type Later } from '../wait/ask-until-answered.js';
import type { Creation } from './creation-attempt.js';

/** A job that cannot be read may be over already, and one bad answer is no reason to fail. */
const UNREAD_LOOKS_MAX = 3;
/** A list that shows no job at all is believed only after fifteen seconds, because a faulty list shows the same. */
const EMPTY_LOOKS_MAX = 4;
const EMPTY_DELAY_MS = 5_000;

/**
 * Deals with unfinished jobs of the same configuration that somebody else started, as the author wants: waits for them,
 * follows one instead of creating a job, or fails. Happens only once, before the first creation is sent.
 *
 * @throws ApplicationFailure `ForeignJobRunning`; `CreateAmbiguous` after a reset; `TokenRefused`, `KeboolaUnreachable`
 * if Keboola did not answer for too long; `JobTimedOut`.
 */
export async function mindForeignJobs(life: JobLife, next: () => Creation): Promise<void> {
  const { plan, state } = life;
  const { config, foreignJobs: rule } = plan;
  if (!rule || config === undefined || state.created || state.foreignJobs?.decided) return;
  const job = await foreignJobToFollow(life, { rule, config, creation: next() });
  if (!job) {
    foreignDecided(state);
    return;
  }
  tellCreation('foreign');
  life.jobAttached(job);
}

/**
 * Whether a job of ours runs or may run, which takes precedence over foreign ones. After a reset it is searched for, and
 * taken up if it is found. Up to the reset point the looks of the run before are replayed, which had no reason to search.
 *
 * @returns true also if the search cannot tell: no foreign job is followed then, and the creation reports it.
 * @throws ApplicationFailure as `findFormerJob` does.
 */
async function hasOrMayHaveOwn(life: JobLife, creation: Creation): Promise<boolean> {
  if (!mayHaveBeenSent(life.state) || !mustLookForFormerJob(life, 'foreign jobs')) return false;
  const end = await findFormerJob(life, creation, 'the workflow was reset');
  if (end.kind === 'found') life.jobCreated(end.job, end.runId);
  if (end.kind === 'absent') ownSearched(life.state);
  return end.kind !== 'absent';
}

/** Whether our POST may have been sent before a reset, unless an earlier run of this chain has searched since then. */
function mayHaveBeenSent({ foreignJobs }: LifeState): boolean {
  return isReset() || !foreignJobs?.searched;
}

/** Which jobs are looked for, and what the author wants done about them. */
interface Minded extends Pick<ForeignJobsRequest, 'config'> {
  rule: ForeignJobRule;
  creation: Creation;
}

/**
 * Looks for foreign jobs, and waits for their ends if the author wants that.
 *
 * @returns the one to follow instead of creating a job; undefined if none runs any more, or if one of ours runs or may
 * run, which takes precedence.
 */
async function foreignJobToFollow(life: JobLife, { rule, config, creation }: Minded): Promise<ForeignJob | undefined> {
  const { plan, state, time } = life;
  // Unbounded while a foreign job runs, except by the queueTimeout; bounded in time by `waitOut` while Keboola is
  // silent.
  for (let looks = 1; ; looks++) {
    if (await hasOrMayHaveOwn(life, creation)) return undefined;
    const request: ForeignJobsRequest = {
      ...placeOf(plan),
      component: plan.component,
      config,
      runId: creation.runId,
      ...(rule.branchId !== undefined && { branchId: rule.branchId }),
      fences: fencesUpTo(state.fenceSeed, CREATIONS_MAX),
      seen: state.foreignJobs?.seen ?? [],
    };
    const shown = await askUntilAnswered(life, () => orNoAnswer(() => findForeignJobs(request)));
    const found = whatToDo(shown, rule, looks, time.now() - state.budgets.queuedSinceMs);
    if (found.kind === 'none') return undefined;
    if (found.kind === 'follow') return (await hasOrMayHaveOwn(life, creation)) ? undefined : found.job;
    if (shown.jobs.length > 0) foreignSeen(state, shown.jobs);
    await waitOut(life, found);
  }
}

type Shown = Exclude<ForeignJobsAnswer, NoAnswer>;
type Found = Later | { kind: 'follow'; job: ForeignJob } | { kind: 'none' };

/** @throws ApplicationFailure `ForeignJobRunning`. */
function whatToDo({ jobs, showsNone }: Shown, { policy }: ForeignJobRule, looks: number, ageMs: number): Found {
  const [first, ...others] = jobs;
  if (!first && showsNone && looks < EMPTY_LOOKS_MAX) {
    const note =
      "Keboola's job list shows no jobs of this project, perhaps only for the moment. Looking again before creating one";
    return { kind: 'later', delayMs: EMPTY_DELAY_MS, note, summary: 'Look again: the list shows no job at all' };
  }
  if (!first) return { kind: 'none' };
  if (policy === 'fail' && (first.unread === undefined || looks >= UNREAD_LOOKS_MAX)) throw running(first);
  const followed = policy === 'adopt' ? chooseForeign(jobs) : undefined;
  if (followed) return { kind: 'follow', job: followed };
  const delayMs = delayBesideMs(ageMs, Math.random);
  const which = `${foreignJobText(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  const note = `${which}. Waiting until no such job is left; looking again in ${durationText(delayMs)}`;
  return { kind: 'later', delayMs, note, summary: 'Wait for the job of somebody else' };
}

function running(job: ForeignJob): Error {
  const next =
    'Start this again when that one has ended, stop it in Keboola, or give onForeignJob "wait" or "adopt" instead of "fail"';
  return failure('ForeignJobRunning', `${foreignJobText(job)}, so none was created. ${next}: ${job.url}`, job);
}

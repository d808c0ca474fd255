import { CancellationScope } from '@temporalio/workflow';
import { fencesUpTo } from '../../job/create/fence.js';
import {
  chooseForeign,
  foreignJobText,
  type ForeignJob,
  type ForeignJobsAnswer,
  type ForeignJobsRequest,
} from '../../job/create/foreign-jobs.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { foreignDecided, foreignSeen } from '../../job/life/creations.js';
import { CREATIONS_MAX, type LifeState } from '../../job/life-state.js';
import { placeOf, type ForeignJobRule } from '../../job/run-plan.js';
import { delayBesideMs } from '../../job/wait/poll-schedule.js';
import { findForeignJobs } from '../activities.js';
import { failure } from '../failures.js';
import { isReset } from '../is-reset.js';
import type { JobLife } from '../job-life.js';
import { tellCreation } from '../show/tell-metrics.js';
import { orNoAnswer } from '../or-no-answer.js';
import { askUntilAnswered, waitOut, type Later } from '../wait/ask-until-answered.js';
import type { Creation } from './creation-attempt.js';
import { findLostJob } from './find-lost-job.js';
import { AFTER_RESET } from './search-window.js';

/** A job that cannot be read may be over already, and one bad answer is no reason to fail. */
const UNREAD_LOOKS_MAX = 3;
/** A list that shows no job at all is believed only after fifteen seconds, because a faulty list shows the same. */
const EMPTY_LOOKS_MAX = 4;
const EMPTY_DELAY_MS = 5_000;

/**
 * Deals with unfinished jobs of the same configuration that somebody else started, as the author wants: waits for them,
 * follows one instead of creating a job, or fails. Happens only once, before the first creation is sent.
 *
 * @throws ApplicationFailure `ForeignJobRunning`; `TokenRefused`, `KeboolaUnreachable` if Keboola did not answer for
 * too long; `JobTimedOut`.
 */
export async function mindForeignJobs(life: JobLife, next: () => Creation): Promise<void> {
  const { plan, state, time } = life;
  const { config, foreignJobs: rule } = plan;
  if (!rule || config === undefined || state.created || state.foreignJobs?.decided) return;
  const creation = next();
  if (mayHaveBeenSent(state)) {
    // A job of ours takes precedence over a foreign one. If the search cannot tell, the creation finds out and says so.
    const reason = 'the workflow was reset';
    const end = await CancellationScope.nonCancellable(() => findLostJob(life, creation, reason, () => AFTER_RESET));
    if (end.kind === 'found') life.jobCreated(end.job, creation.runId);
    if (end.kind !== 'absent') {
      // No foreign job is followed later either: a job of ours may run.
      foreignDecided(state);
      return;
    }
  }
  // Unbounded while a foreign job runs, except by the queueTimeout; bounded in time by `waitOut` while Keboola is
  // silent.
  for (let looks = 1; ; looks++) {
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
    if (found.kind === 'later') {
      if (shown.jobs.length > 0) foreignSeen(state, shown.jobs);
      await waitOut(life, found);
    } else if (found.kind === 'follow') {
      tellCreation('foreign');
      life.jobAttached(found.job);
      return;
    } else {
      foreignDecided(state);
      return;
    }
  }
}

/**
 * Whether our POST may have been sent before a reset. The run that came from the reset, or an earlier run of the chain,
 * has not searched for its job yet.
 */
function mayHaveBeenSent({ wasReset, foreignJobs }: LifeState): boolean {
  return isReset() || (wasReset === true && !foreignJobs);
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
  const note = `${which}. Waiting until no such job is left; looking again in ${Math.round(delayMs / 1_000)} s`;
  return { kind: 'later', delayMs, note, summary: 'Wait for the job of somebody else' };
}

function running(job: ForeignJob): Error {
  const next =
    'Start this again when that one has ended, stop it in Keboola, or give onForeignJob "wait" or "adopt" instead of "fail"';
  return failure('ForeignJobRunning', `${foreignJobText(job)}, so none was created. ${next}: ${job.url}`, job);
}

import { CancellationScope } from '@temporalio/workflow';
import { fenceFor } from '../../job/create/fence.js';
import {
  chooseForeign,
  foreignJobText,
  type ForeignJob,
  type ForeignJobsAnswer,
  type ForeignJobsRequest,
} from '../../job/create/foreign-jobs.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { ForeignJobRule } from '../../job/run-plan.js';
import { placeOf } from '../../job/run-plan.js';
import { failure } from '../failures.js';
import { isReset } from '../is-reset.js';
import type { JobLife } from '../job-life.js';
import { askUntilAnswered } from '../wait/ask-until-answered.js';
import { tellCreation } from '../show/tell-metrics.js';
import { waitBeforeCreating } from '../wait/wait-until-due.js';
import { findForeignOnce } from '../steps.js';
import type { Creation } from './creation-attempt.js';
import { findLostJob } from './find-lost-job.js';
import { BEFORE_RESET } from './post-until-answered.js';

/** No workflow makes more creations of one job. */
const CREATIONS_MAX = 10;
/** One that cannot be read may be over already: an answer that is ill for a moment is no reason to fail. */
const UNREAD_LOOKS_MAX = 3;
/** A list that shows no job at all is believed once it has done so for fifteen seconds: one that is ill says the same. */
const EMPTY_LOOKS_MAX = 4;
const EMPTY_DELAY_MS = 5_000;
const DELAY_MS_MIN = 2_000;
const DELAY_MS_MAX = 60_000;

/**
 * Minds the unfinished jobs of the same configuration that somebody else has started, as the author wants: waits for
 * them, follows one in place of a job of our own, or fails. Once only, before the first creation is sent.
 *
 * @throws ApplicationFailure `ForeignJobRunning`; `TokenRefused`, `KeboolaUnreachable` when there was no answer for too
 * long; `JobTimedOut`.
 */
export async function mindForeignJobs(life: JobLife, next: () => Creation): Promise<void> {
  const { config, foreignJobs: rule } = life.plan;
  if (!rule || config === undefined || life.state.created || life.state.foreignJobs?.decided) return;
  const creation = next();
  if (mayHaveBeenSent(life) && !(await isSurelyNotSent(life, creation))) return;
  // Unbounded while such a job runs, bounded in time by `backoff` while nobody answers, and by the queueTimeout.
  for (let looks = 1; ; looks++) {
    const { jobs, showsNone } = await look(life, { config, rule, creation });
    const [first] = jobs;
    if (!first && showsNone && looks < EMPTY_LOOKS_MAX) {
      life.note('The list shows no job of the project at all, which may pass. Looking again before one is created');
      await waitBeforeCreating(life, EMPTY_DELAY_MS, 'Look again: the list shows no job at all');
      continue;
    }
    if (!first) break;
    if (rule.policy === 'fail' && (first.unread === undefined || looks >= UNREAD_LOOKS_MAX)) throw running(first);
    const followed = rule.policy === 'adopt' ? chooseForeign(jobs) : undefined;
    if (followed) {
      tellCreation('foreign');
      life.jobAttached(followed);
      return;
    }
    life.state.foreignJobs = { seen: jobs.map(({ jobId }) => jobId) };
    await waitBeforeCreating(life, delayBeside(life, jobs), 'Wait for the job of somebody else');
  }
  life.state.foreignJobs = { seen: [], decided: true };
}

/** Before a reset; the run that came of it, or one of the chain before, has not searched for it yet. */
function mayHaveBeenSent({ state }: JobLife): boolean {
  return isReset() || (state.wasReset === true && !state.foreignJobs);
}

/**
 * A job of ours comes before any of somebody else's, so it is searched for first. Where there is one it is the job of this
 * workflow; where nobody can tell, the creation finds out and says so.
 */
async function isSurelyNotSent(life: JobLife, creation: Creation): Promise<boolean> {
  const reason = 'the workflow was reset';
  const end = await CancellationScope.nonCancellable(() => findLostJob(life, creation, reason, () => BEFORE_RESET));
  if (end.kind === 'found') life.jobCreated(end.job, creation.runId);
  return end.kind === 'absent';
}

interface Looked {
  config: string;
  rule: ForeignJobRule;
  creation: Creation;
}

type Seen = Exclude<ForeignJobsAnswer, NoAnswer>;

async function look(life: JobLife, { config, rule, creation }: Looked): Promise<Seen> {
  const { plan, state } = life;
  const request: ForeignJobsRequest = {
    ...{ ...placeOf(plan), component: plan.component, config, runId: creation.runId },
    ...(rule.branchId !== undefined && { branchId: rule.branchId }),
    fences: Array.from({ length: CREATIONS_MAX }, (_, at) => fenceFor(state.fenceSeed, at + 1)),
    seen: state.foreignJobs?.seen ?? [],
  };
  return await askUntilAnswered(life, () => findForeignOnce(request));
}

/** The longer it has lasted the longer it may last. */
function delayBeside(life: JobLife, [first, ...others]: readonly ForeignJob[]): number {
  const ageMs = life.time.now() - life.state.budgets.queuedSinceMs;
  const step = Math.min(DELAY_MS_MAX, Math.max(DELAY_MS_MIN, 0.1 * ageMs));
  const delayMs = Math.round(step * (1 + 0.25 * Math.random()));
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const which = first ? foreignJobText(first) : '';
  life.note(`${which}${more}. Waiting for the end, looking again in ${Math.round(delayMs / 1_000)} s`);
  return delayMs;
}

function running(job: ForeignJob): Error {
  const next =
    'Start this again when that one has ended, stop it in Keboola, or give onForeignJob "wait" or "adopt" instead of "fail"';
  return failure('ForeignJobRunning', `${foreignJobText(job)}, so none was created. ${next}: ${job.url}`, job);
}

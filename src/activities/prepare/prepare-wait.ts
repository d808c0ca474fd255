import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { AttachPlan } from '../../job/remote-steps.js';
import { knownRunId } from '../../job/run-id.js';
import type { WaitForJobInput } from '../../job/wait/input.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { checkWaitForJobInput } from '../../input/check-input.js';
import type { ActivityDeps } from '../deps.js';
import { failure, refusal } from '../failures.js';
import { searchAttributesReady } from '../search-attributes-ready.js';
import { claimedBy } from '../create/claim.js';
import { within } from '../within.js';
import { mayBeYoung } from './may-be-young.js';
import { notYet } from '../not-yet.js';

/**
 * Keboola's own lookup answers 404 when it is faulty, so only several 404s prove that a job does not exist. `named`: a
 * person gave the id and waits for the answer, which takes a second or two. `young`: the id looks like that of a job
 * created a moment ago, which may take up to ten seconds to show everywhere in Keboola. `shown`: Keboola itself has
 * shown the job.
 */
const NOT_FOUND_MAX = { named: 2, young: 10, shown: 5 };
const LOOK_AGAIN_MS = 1_000;
const CLAIM_MS_MAX = 3_000;

/**
 * Checks the input of `waitForJob` and reads the job that it names.
 *
 * @throws ApplicationFailure as `prepareRun` does; `InvalidInput` if the project has no such job.
 */
export async function prepareWait(deps: ActivityDeps, input: unknown): Promise<AttachPlan | NoAnswer> {
  const check = checkWaitForJobInput(input);
  if (!check.ok) throw refusal(check.problems);
  try {
    return await attachPlan(deps, check.value);
  } catch (error) {
    if (isNotFound(error)) throw await notFound(deps, check.value, error);
    return notYet(error);
  }
}

async function attachPlan(
  deps: ActivityDeps,
  { connection = DEFAULT_CONNECTION, jobId, role, onCancel = 'leave' }: WaitForJobInput,
): Promise<AttachPlan> {
  const keboola = deps.connections.get(connection);
  const [{ id, name }, jobs] = await Promise.all([keboola.facts(), keboola.jobs()]);
  const { view } = await jobs.get(jobId);
  const runId = knownRunId(view.runId);
  const isOwned = role === 'observer' && onCancel === 'kill' && (await isClaimed(jobId, id));
  return {
    plan: {
      connection,
      project: { id, name, jobsPage: jobs.jobsPage(id) },
      component: view.component,
      made: { by: 'others' },
      ...(view.config !== undefined && { config: view.config }),
      onWarning: 'accept',
      onTerminated: 'cancel',
      onAmbiguousCreate: 'fail',
      children: 'observe',
      onCancel: isOwned ? 'leave' : onCancel,
      searchAttributes: await searchAttributesReady(deps),
    },
    job: { jobId, status: view.status, ...(runId !== undefined && { runId }), url: jobs.jobUrl(jobId) },
  };
}

/**
 * Another workflow of ours created the job, without a fence in its run id. A workflow that only mirrors it must not
 * stop it.
 */
async function isClaimed(jobId: string, project: string): Promise<boolean> {
  const holder = within(CLAIM_MS_MAX, 'Temporal did not tell whose the job is', claimedBy(jobId, project));
  return (await holder.catch(() => undefined)) !== undefined;
}

function isNotFound(error: unknown): error is KeboolaError {
  return error instanceof KeboolaError && error.kind === 'not-found';
}

async function notFound(deps: ActivityDeps, input: WaitForJobInput, error: KeboolaError): Promise<ApplicationFailure> {
  const { connection = DEFAULT_CONNECTION, jobId, role } = input;
  const { message: reason } = error;
  if (activityInfo().attempt < (await lookupsMax(deps, input))) {
    // Benign, or the worker's log would show a stack trace for each attempt.
    return ApplicationFailure.create({
      type: 'KeboolaUnreachable',
      message: reason,
      category: ApplicationFailureCategory.BENIGN,
      ...(role !== 'observer' && { nextRetryDelay: LOOK_AGAIN_MS }),
    });
  }
  const message = `jobId: the project of connection "${connection}" has no job ${jobId}, or its token may not see it`;
  return failure('InvalidInput', message, error.facts);
}

async function lookupsMax(
  { connections }: ActivityDeps,
  { connection = DEFAULT_CONNECTION, jobId, role }: WaitForJobInput,
): Promise<number> {
  if (role === 'observer') return NOT_FOUND_MAX.shown;
  if (activityInfo().attempt < NOT_FOUND_MAX.named) return NOT_FOUND_MAX.named;
  return (await mayBeYoung(connections.get(connection), jobId)) ? NOT_FOUND_MAX.young : NOT_FOUND_MAX.named;
}

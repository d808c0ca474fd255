import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import type { JobView } from '../../job/job-view.js';
import { choose, foundJob, type CreatedJob } from '../../job/create/creation.js';
import { expectNoOther } from '../../job/life/creations.js';
import type { StorageCall } from '../../job/storage/calls.js';
import { ambiguous } from '../create/ambiguous.js';
import { createOnce } from '../create/create-once.js';
import { failure } from '../failures.js';
import { orNoAnswer } from '../or-no-answer.js';
import type { JobLife } from '../job-life.js';
import { waitForEnd } from '../wait/wait-for-end.js';
import { searchFor, storageCreation, traceOf } from './storage-creation.js';

/**
 * Makes one Storage call, once, and waits for its job.
 *
 * A call that may be repeated is sent again if the first job is nowhere to be found. If the first job appears after
 * all, it may make the second one fail ("the table exists already"): then the first one counts.
 *
 * @returns the final view; a failed job has one, too.
 */
export async function callAndWait(life: JobLife, call: StorageCall): Promise<JobView> {
  // Terminates: each turn but the last takes up one of the few creations that were given up.
  for (;;) {
    await createOrTakeUp(life, call);
    const end = await waitForEnd(life);
    if (end.kind !== 'over')
      throw failure('InternalError', `the wait for a Storage job ended as "${end.kind}", which cannot happen`);
    const former = end.view.status === 'error' ? await findFormer(life) : undefined;
    if (former) {
      takeUp(life, former);
      continue;
    }
    // A cancel from here on leaves nothing running.
    life.markSettled();
    return end.view;
  }
}

async function createOrTakeUp(life: JobLife, call: StorageCall): Promise<void> {
  try {
    await createOnce(life, () => storageCreation(life, call));
  } catch (error) {
    if (!isRefusal(error) || life.state.givenUp.length === 0) throw error;
    const former = await findFormer(life);
    const [runId = ''] = life.state.givenUp;
    if (!former) throw ambiguous({ runId, trace: traceOf(runId) }, error.message);
    takeUp(life, former);
  }
}

interface Former {
  job: CreatedJob;
  runId: string;
}

/** The job of a creation that was given up, if it has appeared after all. */
async function findFormer(life: JobLife): Promise<Former | undefined> {
  for (const runId of life.state.givenUp) {
    const answer = await CancellationScope.nonCancellable(() => orNoAnswer(() => searchFor(life, runId)));
    const found = answer.kind === 'searched' ? choose(answer.hits) : undefined;
    if (found) return { job: foundJob(found.keep), runId };
  }
  return undefined;
}

function takeUp(life: JobLife, { job, runId }: Former): void {
  expectNoOther(life.state, runId);
  life.jobCreated(job, runId);
}

function isRefusal(error: unknown): error is ApplicationFailure {
  return error instanceof ApplicationFailure && error.type === 'CreateRefused';
}

import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import { canBeSearchedFor } from '../../job/create/recognition.js';
import type { CreateOrigin } from '../../job/create/creation.js';
import { expectAnother } from '../../job/life/creations.js';
import { findLostJob, type SearchEnd, type Sought } from './find-lost-job.js';
import { AFTER_RESET, type SearchWindow } from './search-window.js';
import type { JobLife } from '../job-life.js';
import { wasReset } from '../reset/is-reset.js';

/** Where the creations of this run come from, for the activities that must not send one a second time. */
export function originOf({ state, searchedInRun }: JobLife): CreateOrigin {
  return {
    originalRunId: workflowInfo().originalExecutionRunId,
    ...(state.wasReset && { wasReset: true }),
    ...(searchedInRun !== undefined && { searchedInRun }),
  };
}

/** Whether a run that a reset gave up may have made a job of which this run does not know, and has not looked for. */
export function mayHaveFormerJob({ state, searchedInRun }: JobLife): boolean {
  return wasReset(state) && !state.created && searchedInRun !== workflowInfo().runId;
}

/**
 * Searches for the job that a run before the reset, or an attempt before this one, may have made with the same creation,
 * whatever happens to the workflow meanwhile. A job that no search shows may still appear late, so it is looked for from
 * now on where that is possible.
 */
export async function findFormerJob(
  life: JobLife,
  creation: Sought,
  reason: string,
  window: SearchWindow = AFTER_RESET,
): Promise<SearchEnd> {
  const end = await CancellationScope.nonCancellable(() => findLostJob(life, creation, reason, () => window));
  if (end.kind !== 'absent') return end;
  life.searchedInRun = end.inRun;
  if (canBeSearchedFor(life.plan)) expectAnother(life.state, creation.runId);
  return end;
}

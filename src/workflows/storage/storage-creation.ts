import { sentRunId } from '../../job/create/fence.js';
import { placeOf } from '../../job/run-plan.js';
import type { StorageCall } from '../../job/storage/calls.js';
import { plainInMarkdown } from '../../job/text/plain-in-markdown.js';
import type { Creation } from '../create/creation-attempt.js';
import type { Sought } from '../create/find-lost-job.js';
import type { JobLife } from '../job-life.js';
import { createStorageJob, searchStorageJob } from './activities.js';

/** How to create a job of Storage: Storage keeps the run id of a call as it is, so the job is found by it. */
export function storageCreation(life: JobLife, { method, path, body }: StorageCall): Creation {
  const sought = soughtInStorage(life);
  const { runId } = sought;
  const call = { method, path, runId, ...(body && { body }) };
  return {
    ...sought,
    summary: plainInMarkdown(`${method} ${path} under run id ${runId}`),
    post: (origin, summary) =>
      createStorageJob.executeWithOptions({ summary }, [{ ...placeOf(life.plan), call, ...origin }]),
  };
}

/** How the job of the current attempt is found, whatever its call was. */
export function soughtInStorage(life: JobLife): Sought {
  const runId = runIdOf(life);
  return { runId, trace: traceOf(runId), search: () => searchFor(life, runId) };
}

/** What an operator has to look for in Storage's list of jobs. */
export function traceOf(runId: string): string {
  return `a Storage job whose run id is "${runId}"`;
}

/** Looks for the job of one creation. */
export function searchFor({ plan, state }: JobLife, runId: string): ReturnType<Creation['search']> {
  return searchStorageJob({ ...placeOf(plan), runId, sinceRun: state.fenceSeed });
}

/** The run id of the current attempt. */
export function runIdOf({ plan, state }: JobLife): string {
  return sentRunId(plan.parentRunId, state);
}

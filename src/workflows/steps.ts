import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { CapacityAnswer } from '../job/create/creation.js';
import type { ForeignJobsAnswer, ForeignJobsRequest } from '../job/create/foreign-jobs.js';
import type { NoAnswer } from '../job/failure/no-answer.js';
import type {
  JobReading,
  JobRef,
  KillAnswer,
  ReadRequest,
  CapacityRequest,
  SearchAnswer,
  StopDescendantsAnswer,
  StopDescendantsRequest,
} from '../job/remote-steps.js';
import type { Descendants, DescendantsRequest } from '../job/tree/descendants.js';
import { findForeignJobs, reserveCapacity, killJob, readDescendants, readJob, stopDescendants } from './activities.js';
import { reasonOf } from './failures.js';
import type { JobLife } from './job-life.js';

/** Reads a job once. */
export async function readOnce(life: JobLife, request: ReadRequest): Promise<JobReading> {
  const { state, time } = life;
  const isOurs = request.jobId === state.created?.jobId;
  if (isOurs) state.snapshot.polls += 1;
  const askedMs = time.now();
  const { isStorm } = life.storm;
  life.storm.begin();
  const reading = await orNoAnswer(() => readJob(request, isStorm));
  if (reading.kind === 'read') life.heard(reading.searchAttributes, askedMs);
  else if (isOurs && reading.deferredMs !== undefined) state.snapshot.polls -= 1;
  return reading;
}

export function searchOnce(search: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
  return orNoAnswer(search);
}

export function findForeignOnce(request: ForeignJobsRequest): Promise<ForeignJobsAnswer> {
  return orNoAnswer(() => findForeignJobs(request));
}

export function reserveOnce({ storm }: JobLife, request: CapacityRequest): Promise<CapacityAnswer> {
  const { isStorm } = storm;
  storm.begin();
  return orNoAnswer(() => reserveCapacity(request, isStorm));
}

export function killOnce(job: JobRef): Promise<KillAnswer> {
  return orNoAnswer(() => killJob(job));
}

export function stopDescendantsOnce(request: StopDescendantsRequest): Promise<StopDescendantsAnswer> {
  return orNoAnswer(() => stopDescendants(request));
}

export function readDescendantsOnce(
  request: JobRef & { descendants: DescendantsRequest },
  timeoutMs: number,
): Promise<{ kind: 'read'; descendants: Descendants } | NoAnswer> {
  return orNoAnswer(() => readDescendants.executeWithOptions({ scheduleToCloseTimeout: timeoutMs }, [request]));
}

/** A step that fails on our side is no answer of Keboola. Only a stop that was pressed ends whoever asks. */
export async function orNoAnswer<Answer>(step: () => Promise<Answer>): Promise<Answer | NoAnswer> {
  try {
    return await step();
  } catch (error) {
    if (isCancellation(error) && CancellationScope.current().consideredCancelled) throw error;
    return { kind: 'no-answer', message: reasonOf(error) };
  }
}

import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { CapacityAnswer } from '../job/create/creation.js';
import type { ForeignJobsAnswer, ForeignJobsRequest } from '../job/create/foreign-jobs.js';
import type { NoAnswer } from '../job/failure/no-answer.js';
import type {
  JobRef,
  KillAnswer,
  CapacityRequest,
  SearchAnswer,
  StopDescendantsAnswer,
  StopDescendantsRequest,
} from '../job/remote-steps.js';
import type { Descendants, DescendantsRequest } from '../job/tree/descendants.js';
import { findForeignJobs, reserveCapacity, killJob, readDescendants, stopDescendants } from './activities.js';
import { reasonOf } from './failures.js';
import type { StormGauge } from './wait/storm-gauge.js';

export function searchOnce(search: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
  return orNoAnswer(search);
}

export function findForeignOnce(request: ForeignJobsRequest): Promise<ForeignJobsAnswer> {
  return orNoAnswer(() => findForeignJobs(request));
}

export function reserveOnce(request: CapacityRequest, storm: StormGauge): Promise<CapacityAnswer> {
  return orNoAnswer(() => reserveCapacity(request, storm.take()));
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

/** Takes a step, where no answer is an answer, too; see `noAnswerOf`. */
export async function orNoAnswer<Answer>(step: () => Promise<Answer>): Promise<Answer | NoAnswer> {
  try {
    return await step();
  } catch (error) {
    return noAnswerOf(error);
  }
}

/** A step that fails on our side is no answer of Keboola. Only a stop that was pressed ends whoever asks: it is thrown. */
export function noAnswerOf(error: unknown): NoAnswer {
  if (isCancellation(error) && CancellationScope.current().consideredCancelled) throw error;
  return { kind: 'no-answer', message: reasonOf(error) };
}

import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { RoomAnswer } from '../job/create/creation.js';
import type { NoAnswer } from '../job/failure/no-answer.js';
import type {
  JobReading,
  JobRef,
  KillAnswer,
  ReadOrder,
  RoomOrder,
  SearchAnswer,
  SweepAnswer,
  SweepOrder,
} from '../job/remote-steps.js';
import type { Family, FamilyOrder } from '../job/tree/family.js';
import { findRoom, killJob, readFamily, readJob, stopBelow } from './activities.js';
import { reasonOf } from './failures.js';
import type { JobLife } from './job-life.js';

/** Reads a job once. */
export async function look(life: JobLife, order: ReadOrder): Promise<JobReading> {
  const { state, time } = life;
  const isOurs = order.jobId === state.created?.jobId;
  if (isOurs) state.snapshot.polls += 1;
  const askedMs = time.now();
  const reading = await orNoAnswer(() => readJob(order));
  if (reading.kind === 'read') life.heard(reading.searchAttributes, askedMs);
  else if (isOurs && reading.deferredMs !== undefined) state.snapshot.polls -= 1;
  return reading;
}

export function searchOnce(search: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
  return orNoAnswer(search);
}

export function askForRoom(order: RoomOrder): Promise<RoomAnswer> {
  return orNoAnswer(() => findRoom(order));
}

export function killOnce(job: JobRef): Promise<KillAnswer> {
  return orNoAnswer(() => killJob(job));
}

export function sweepOnce(order: SweepOrder): Promise<SweepAnswer> {
  return orNoAnswer(() => stopBelow(order));
}

export function readFamilyOnce(
  order: JobRef & { family: FamilyOrder },
  timeoutMs: number,
): Promise<{ kind: 'read'; family: Family } | NoAnswer> {
  return orNoAnswer(() => readFamily.executeWithOptions({ scheduleToCloseTimeout: timeoutMs }, [order]));
}

/** A step that fails on our side is no answer of Keboola. Only a stop that was pressed ends whoever asks. */
async function orNoAnswer<Answer>(step: () => Promise<Answer>): Promise<Answer | NoAnswer> {
  try {
    return await step();
  } catch (error) {
    if (isCancellation(error) && CancellationScope.current().consideredCancelled) throw error;
    return { kind: 'no-answer', message: reasonOf(error) };
  }
}

import type { CreateOrigin, CreateOutcome } from '../../job/create/creation.js';
import type { CapacityRequest, SearchAnswer } from '../../job/remote-steps.js';

/**
 * One attempt to create a job, of whatever system: how it is sent, and how it is found again when its answer is lost.
 * What is decided by the outcomes is the same for all.
 */
export interface Creation {
  /** Nobody else sends it, so that what carries it is ours. */
  runId: string;
  /** What a person has to look for in Keboola when nothing was found. */
  trace: string;
  /** Of the creating activity, for people. */
  summary: string;
  /** Sends it once. */
  post(origin: CreateOrigin, summary: string): Promise<CreateOutcome>;
  /** @param claim takes the one job that may be of it for its own, where jobs are told by no mark of ours. */
  search(claim?: true): Promise<SearchAnswer>;
  /** Given where the project runs a limited number of such jobs. */
  capacity?: CapacityRequest;
}

import type { CreateOrigin, CreateOutcome } from '../../job/create/creation.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { CapacityRequest, SearchAnswer } from '../../job/remote-steps.js';

/**
 * One attempt to create a job, of whatever system: how it is sent, and how it is found again when its answer is lost.
 * What is decided by the outcomes is the same for all.
 */
export interface Creation {
  /** Nobody else sends it, so that what carries it is ours. */
  runId: string;
  /** The job carries no run id of ours. */
  isUnfenced?: true;
  /** What a person has to look for in Keboola when nothing was found. */
  trace: string;
  /** Of the creating activity, for people. */
  summary: string;
  /** What must be known before it is sent; a stop that is pressed meanwhile ends it. Answers why it has to be asked again. */
  prepare?(): Promise<NoAnswer | undefined>;
  /** Sends it once. */
  post(origin: CreateOrigin, summary: string): Promise<CreateOutcome>;
  /** @param claim a job that may be of it and is to be taken for its own, where jobs are told by no mark of ours. */
  search(claim?: string): Promise<SearchAnswer>;
  /** Whether enough is known of it to take a job for its own that is only like it. */
  mayClaim?(): boolean;
  /** Asked between searches: learns by what an index shows that it has come further than this creation. */
  comeFurther?(): Promise<void>;
  /** Given where the project runs a limited number of such jobs. */
  capacity?: CapacityRequest;
}

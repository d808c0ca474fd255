import type { CreateOrigin, CreateOutcome } from '../../job/create/creation.js';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { CapacityRequest, SearchAnswer } from '../../job/remote-steps.js';

/**
 * One attempt to create a job, in whichever system: how to send it, and how to find the job again when the answer is
 * lost. What follows from the outcomes is the same for all systems.
 */
export interface Creation {
  /** Only this creation sends it, so a job that carries it is ours. */
  runId: string;
  /** The job carries no run id of ours. */
  isUnfenced?: true;
  /** What an operator has to look for in Keboola when no search has found the job. */
  trace: string;
  /** The summary of the creating activity. */
  summary: string;
  /** Learns what must be known before the POST; a cancellation ends it. Answers why it has to be asked again, if so. */
  prepare?(): Promise<NoAnswer | undefined>;
  /** Sends the POST once. */
  post(origin: CreateOrigin, summary: string): Promise<CreateOutcome>;
  /** @param claim for a creation without a mark of ours: a job that looks like its own and is to be claimed. */
  search(claim?: string): Promise<SearchAnswer>;
  /** Whether enough is known of the creation to claim a job that only looks like its own. */
  mayClaim?(): boolean;
  /** Called between searches: learns how to tell that an index has come further than this creation. */
  comeFurther?(): Promise<void>;
  /** Given if the project limits how many such jobs run at once. */
  capacity?: Omit<CapacityRequest, 'origin'>;
}

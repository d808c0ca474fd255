import type { CreatedJob, Hit } from './create/creation.js';
import type { JobMarks } from './create/job-marks.js';
import type { NoAnswer } from './failure/no-answer.js';
import type { JobView } from './job-view.js';
import type { PipelineResult } from './pipeline/result.js';
import type { JobFailure, JobResult, LeftJob } from './result.js';
import type { InProject, RunPlan } from './run-plan.js';
import type { Descendants, DescendantsRequest } from './tree/descendants.js';
import type { RunHistory } from './wait/poll-schedule.js';
import type { WaitReason } from './wait/wait-reason.js';

/** Which job, for the activities that concern one. */
export interface JobRef extends InProject {
  jobId: string;
  /** What the job has to show, where that is to be made sure of. */
  marks?: JobMarks;
}

/** What the first activity makes of the input of `waitForJob`: a plan as for a job of our own, and the job. */
export interface AttachPlan {
  plan: RunPlan;
  job: CreatedJob;
}

/** For which creation a place is wanted. */
export interface CapacityRequest extends InProject {
  /** The run id of the creation; the place is kept under it for a while. */
  runId: string;
  parentRunId?: string;
}

/** An id that is above those of all jobs before, where there are such ids. */
export interface Drawn {
  kind: 'drawn';
  id?: string;
  /** The id of the token that has drawn it, where it shows. */
  drawnBy?: string;
}

/** One search for the jobs of a creation whose answer was lost. */
export type SearchAnswer =
  | {
      kind: 'searched';
      /** At most one, but for a platform that has doubled a request. */
      hits: Hit[];
      /** False when the index did not even show a job that must be there: then an empty answer means nothing. */
      trustworthy: boolean;
      /**
       * What an empty answer is worth where more or less than that can be said: `certain` of a platform that has surely seen
       * the time of the creation, `unproved` of an index that may not have come so far.
       */
      absence?: 'certain' | 'unproved';
      /** Jobs are shown that only a job of this creation can have spawned: it was made, though it is not shown itself. */
      proven?: boolean;
      /** Of a creation that carried nothing of ours: jobs that may be of it, and that nobody has claimed. */
      candidates?: string[];
      /** No other candidate can show any more. */
      isWhole?: boolean;
      /** The workflow run in which it was made: history keeps it, while the workflow's own run id changes with a reset. */
      workflowRunId: string;
    }
  | NoAnswer;

/** One look at a job, and what else is wanted to know on that occasion. */
export interface ReadRequest extends JobRef {
  /** How long earlier runs of this configuration took. */
  historyOf?: { component: string; config: string };
  /** Why it does not start. */
  explainWait?: true;
  /** Which jobs Keboola has spawned below it. */
  descendants?: DescendantsRequest;
  /** It is to show whether the job has stopped, and goes before all else. */
  afterKill?: true;
}

/** One look at a job. That Keboola gave no usable answer is a fact to wait on, not an error to fail with. */
export type JobReading =
  | {
      kind: 'read';
      view: JobView;
      /** Keboola's clock at the read, ISO 8601, where the answer had a Date header. */
      serverTime?: string;
      /** Where it was asked for and could be had. */
      history?: RunHistory;
      waitsFor?: WaitReason;
      descendants?: Descendants;
      /** Whether the search attributes may be written now; see `mayWrite`. */
      searchAttributes?: boolean;
      /** The end of the job will be told, as far as the worker knew. */
      watched?: true;
    }
  | NoAnswer;

/** What Keboola said to a kill. Only a read tells whether the job has stopped. */
export type KillAnswer = { kind: 'asked' } | { kind: 'not-possible'; message: string } | NoAnswer;

export interface StopDescendantsRequest extends JobRef {
  /** The run ids that the job has had; its children lie below them. */
  runIds: readonly string[];
}

/** One round of stopping the jobs below a job. */
export type StopDescendantsAnswer =
  | {
      kind: 'asked';
      /** How many ran, or waited to run. */
      open: number;
      /** There are more, or not all of these have been asked to stop yet. */
      more?: true;
      /** Whether the same answer also shows the job itself; without that an empty one means nothing. */
      healthy: boolean;
    }
  | NoAnswer;

/** Which workflows, and the first run of the pipeline that asks. */
export interface LookAtChildrenRequest {
  workflowIds: readonly string[];
  firstRunId: string;
}

/** What became of a workflow that runs a task and was started before the pipeline was reset. */
export type ChildEnding =
  | { kind: 'completed'; result: unknown }
  | { kind: 'failed'; type: string | undefined; message: string; details: unknown[] }
  /** What nobody can stop, as a job of Storage or a call of an action, was left to itself and may still run. */
  | { kind: 'canceled'; mayRun?: true }
  | { kind: 'terminated' }
  | { kind: 'timed-out' }
  /**
   * A pipeline that had the id of this one before has started it; it is over, and its end is not that of our task. What it has
   * started may still run.
   */
  | { kind: 'of-before'; mayRun?: true }
  /** Whoever has started it, it was not this pipeline. */
  | { kind: 'not-ours' };

/** What a workflow that closed as canceled has left behind. */
export interface CanceledChild {
  job?: JobResult | LeftJob;
  /** What its author would have been told, where the job had ended before it was stopped. */
  failure?: JobFailure;
  pipeline?: PipelineResult;
  /** Not the workflow that asks has started it, which has started none. */
  notOurs?: true;
}

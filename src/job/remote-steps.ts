import type { CreatedJob, CreateOrigin, Hit } from './create/creation.js';
import type { JobMarks } from './create/job-marks.js';
import type { NoAnswer } from './failure/no-answer.js';
import type { JobView } from './job-view.js';
import type { PipelineResult } from './pipeline/result.js';
import type { JobFailure, JobResult, LeftJob } from './result.js';
import type { InProject, RunPlan } from './run-plan.js';
import type { Descendants, DescendantsRequest } from './tree/descendants.js';
import type { RunHistory } from './wait/poll-schedule.js';
import type { WaitReason } from './wait/wait-reason.js';

/** The job that an activity is about. */
export interface JobRef extends InProject {
  jobId: string;
  /** The marks that the job must show, if that has to be made sure of. */
  marks?: JobMarks;
}

/** What the first activity makes of `waitForJob`'s input: a plan like that for a job of our own, and the job. */
export interface AttachPlan {
  plan: RunPlan;
  job: CreatedJob;
}

/** The creation for which a place is wanted. */
export interface CapacityRequest extends InProject {
  /** The run id of the creation, under which the place is kept for a while. */
  runId: string;
  parentRunId?: string;
  origin: CreateOrigin;
}

/** An id above those of all earlier jobs, on platforms that have such ids. */
export interface Drawn {
  kind: 'drawn';
  id?: string;
  /** The id of the token that drew the id, if it shows. */
  drawnBy?: string;
}

/** The result of one search for the jobs of a creation whose answer was lost. */
export type SearchAnswer =
  | {
      kind: 'searched';
      /** At most one hit, unless the platform has doubled a request. */
      hits: Hit[];
      /** False if the index did not even show a job that must be there; an empty answer then means nothing. */
      trustworthy: boolean;
      /**
       * How much an empty answer is worth, if that is known: `certain` if the platform has surely reached the time of
       * the creation, `unproved` if its index may not have got that far.
       */
      absence?: 'certain' | 'unproved';
      /** Jobs are shown that only a job of this creation can have spawned: it exists, though it is not shown itself. */
      proven?: boolean;
      /** For a creation that carried no mark of ours: jobs that may belong to it and that nobody has claimed. */
      candidates?: string[];
      /** No other candidate can appear any more. */
      isWhole?: boolean;
      /** The workflow run of this search: history keeps it, while the workflow's own run id changes with a reset. */
      workflowRunId: string;
    }
  | NoAnswer;

/** One read of a job, and what else to find out along with it. */
export interface ReadRequest extends JobRef {
  /** Also read how long earlier runs of this configuration took. */
  historyOf?: { component: string; config: string };
  /** Also read why the job does not start. */
  explainWait?: true;
  /** Also read which jobs Keboola has spawned below it. */
  descendants?: DescendantsRequest;
  /** This read is to show whether the job has stopped, so it goes before all others. */
  afterKill?: true;
}

/** The result of one read of a job. If Keboola gives no usable answer, the workflow waits on; that is no error. */
export type JobReading =
  | {
      kind: 'read';
      view: JobView;
      /** Keboola's clock at the read, ISO 8601, where the answer had a Date header. */
      serverTime?: string;
      /** Present if it was asked for and could be read. */
      history?: RunHistory;
      waitsFor?: WaitReason;
      descendants?: Descendants;
      /** Whether the search attributes may be written now; see `mayWrite`. */
      searchAttributes?: boolean;
      /** A watcher will report the end of the job, as far as the worker knew. */
      watched?: true;
    }
  | NoAnswer;

/** What Keboola said to a kill. Only a read shows whether the job has stopped. */
export type KillAnswer = { kind: 'asked' } | { kind: 'not-possible'; message: string } | NoAnswer;

export interface StopDescendantsRequest extends JobRef {
  /** The run ids that the job has had; its children lie below them. */
  runIds: readonly string[];
}

/** The result of one round of stopping the jobs below a job. */
export type StopDescendantsAnswer =
  | {
      kind: 'asked';
      /** How many jobs were running or waiting to run. */
      open: number;
      /** There are more jobs, or not all of these have been asked to stop yet. */
      more?: true;
      /** Whether the same answer also shows the job itself; if not, an empty answer means nothing. */
      healthy: boolean;
    }
  | NoAnswer;

/** The workflows to look at, and the first run of the pipeline that asks. */
export interface LookAtChildrenRequest {
  workflowIds: readonly string[];
  firstRunId: string;
}

/** How a workflow has ended that runs a task and was started before the pipeline was reset. */
export type ChildEnding =
  | { kind: 'completed'; result: unknown }
  | { kind: 'failed'; type: string | undefined; message: string; details: unknown[] }
  /** Something that nobody can stop, such as a Storage job or a call of an action, was left alone and may still run. */
  | { kind: 'canceled'; mayRun?: true }
  | { kind: 'terminated' }
  | { kind: 'timed-out' }
  /**
   * An earlier pipeline with the same id started the workflow. That pipeline is over, and the end of the workflow is
   * not that of our task, but what it started may still run.
   */
  | { kind: 'of-before'; mayRun?: true }
  /** Some other workflow or person started it, not this pipeline. */
  | { kind: 'not-ours' };

/** What a workflow left behind that closed as canceled, or that Temporal has closed. */
export interface CanceledChild {
  job?: JobResult | LeftJob;
  /** The failure that its author would have got, if the job had ended before it was stopped. */
  failure?: JobFailure;
  pipeline?: PipelineResult;
  /** The workflow that asks did not start this one, and has started none of this id. */
  notOurs?: true;
}

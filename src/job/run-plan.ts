import type { NoAnswer } from './failure/no-answer.js';
import type { CreatedJob } from './create/creation.js';
import type { JobMarks } from './create/job-marks.js';
import type { JobView } from './job-view.js';
import type { AmbiguousCreatePolicy, ChildrenPolicy, TerminatedPolicy, WarningPolicy } from './input.js';
import type { RunHistory } from './wait/poll-schedule.js';
import type { Family, FamilyOrder } from './tree/family.js';
import type { CancelPolicy } from './wait-input.js';
import type { WaitReason } from './wait/wait-reason.js';

/** A system beside the one that runs components, with jobs of its own: they are read elsewhere, and cannot be stopped. */
export type JobSystem = 'storage';

/**
 * What the first activity makes of an input: checked, completed with what Keboola says of the project and the
 * component, and recorded in history, so that every later step starts from the same facts.
 */
export interface RunPlan {
  connection: string;
  /** `jobsPage` is where the pages of its jobs are, for people; see `linksTo`. */
  project: { id: string; name: string; jobsPage?: string };
  component: string;
  config?: string;
  /** The job was made by a call of the component's own: what it shows as component and configuration is up to it. */
  byCall?: true;
  /** The job was started elsewhere. */
  attached?: true;
  parentRunId?: string;
  /** How many jobs the project runs at the same time, where that is to be respected. */
  projectLimit?: number;
  /** Longest wait for a start. */
  queueTimeoutMs?: number;
  /** Longest run. */
  runTimeoutMs?: number;
  onWarning: WarningPolicy;
  onTerminated: TerminatedPolicy;
  onAmbiguousCreate: AmbiguousCreatePolicy;
  children: ChildrenPolicy;
  /** What a cancelled workflow does to the job; it stops one that it has started itself. Default `kill`. */
  onCancel?: CancelPolicy;
  /** Whose jobs these are. Default: those of components. */
  system?: JobSystem;
  /** Whether the search attributes could be written when it was made; see `mayWrite`. */
  searchAttributes: boolean;
}

/** What the first activity makes of the input of `waitForJob`: a plan as for a job of our own, and the job. */
export interface AttachPlan {
  plan: RunPlan;
  job: CreatedJob;
}

/** One look at a job, and what else is wanted to know on that occasion. */
export interface ReadOrder {
  connection: string;
  jobId: string;
  system?: JobSystem;
  /** What the job has to show. */
  marks?: JobMarks;
  /** How long earlier runs of this configuration took. */
  historyOf?: { component: string; config: string };
  /** Why it does not start. */
  explainWait?: true;
  /** Which jobs Keboola has spawned below it. */
  family?: FamilyOrder;
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
      family?: Family;
      /** Whether the search attributes may be written now; see `mayWrite`. */
      searchAttributes?: boolean;
    }
  | NoAnswer;

/** What Keboola said to a kill. Only a read tells whether the job has stopped. */
export type KillAnswer = { kind: 'asked' } | { kind: 'not-possible'; message: string } | NoAnswer;

/** One search for the jobs of a creation whose answer was lost. */
export type SearchAnswer =
  | {
      kind: 'searched';
      /** The jobs, and where each is in Keboola's API. */
      hits: { view: JobView; url: string }[];
      /** False when the index did not even show a job that must be there: then an empty answer means nothing. */
      trustworthy: boolean;
      /** Jobs are shown that only a job of this creation can have spawned: it was made, though it is not shown itself. */
      proven?: boolean;
      /** The workflow run in which it was made: history keeps it, while the workflow's own run id changes with a reset. */
      workflowRunId: string;
    }
  | NoAnswer;

/** One round of stopping the jobs below a job. */
export type SweepAnswer =
  | {
      kind: 'swept';
      /** How many ran, or waited to run. */
      open: number;
      /** There are more, or not all of these have been asked to stop yet. */
      more?: true;
      /** Whether the same answer also shows the job itself; without that an empty one means nothing. */
      healthy: boolean;
    }
  | NoAnswer;

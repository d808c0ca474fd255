import type { AsyncCall } from '../async-action.js';
import type { RunJobInput } from '../input.js';
import type { Likeness } from './likeness.js';
import { compareJobIds, JOB_ID } from '../job-id.js';
import type { JobView } from '../job-view.js';
import type { NoAnswer } from '../failure/no-answer.js';
import { isChildOf, knownRunId } from '../run-id.js';
import type { InProject } from '../run-plan.js';

/** The fields of an input that say how to watch over a job, and not what to run. */
export type PolicyField =
  | 'connection'
  | 'parentRunId'
  | 'queueTimeout'
  | 'runTimeout'
  | 'onWarning'
  | 'onTerminated'
  | 'onAmbiguousCreate'
  | 'children'
  | 'createFence'
  | 'onForeignJob';

/** The fields of an input that say what to run. */
export type WhatToRun = Omit<RunJobInput, PolicyField>;

/** What every creation carries, whatever it creates. */
interface Creation extends InProject {
  /** Sent as X-KBC-RunId, unless the creation is fenced otherwise or not at all; its last segment is the fence. */
  runId: string;
  /** The run that the job belongs to, if any: the part of `runId` before the fence. */
  parentRunId?: string;
}

/** The creation of a job that runs a configuration. Authors' bulk (`configData`, `params`) is passed on, not kept twice. */
export interface RunRequest extends Creation, WhatToRun {
  /** Its job lies below `parentRunId`, or at the top, and carries nothing of ours. */
  unfenced?: Claimant;
  /** Its fence travels as a variable, and `parentRunId` as X-KBC-RunId. */
  fencedByVariable?: true;
}

/** Who says that a job is his; see `src/activities/create/claim.ts`. */
export interface Claimant {
  /** The project's id: jobs of two projects may have the same one. */
  project: string;
  /** The run id that the creation would have carried. */
  by: string;
}

/** The creation of a job by any other call of a component. */
export interface CallRequest extends Creation {
  call: AsyncCall;
}

/** One creating request. */
export type CreateJobRequest = RunRequest | CallRequest;

/** What one of the two kinds has of its own. */
export type WhatToCreate = WhatToRun | Pick<CallRequest, 'call'>;

/** By what the jobs of a creation are recognised. */
export interface Recognised extends Pick<Creation, 'connection' | 'project' | 'runId'> {
  /** Left out for a call, whose job may show anything: the run id has been sent by nobody else. */
  component?: string;
  config?: string;
}

/** By what a job is recognised that carries no run id of ours. */
export interface Unfenced extends Claimant {
  likeness: Likeness;
  parentRunId?: string;
  /** An id that was given out before it was sent; ids grow. Unknown where a run before a reset has sent it. */
  afterId?: string;
  /** Whose token has sent it, where that is known. */
  sentBy?: string;
  /** Whose token has drawn `afterId`: that or a new one has sent it. */
  drawnBy?: string;
  /** Claims this job, which is like it: nobody else can be meant any more. */
  claim?: string;
}

/** A search for the jobs of a creation. */
export interface SearchRequest extends Recognised {
  unfenced?: Unfenced;
  fencedByVariable?: true;
  /** By what it is known where a run before a reset has sent it, and without a fence. */
  formerly?: Unfenced;
  /** None of its POSTs was sent before, not even by a run that a reset has given up; epoch milliseconds. */
  sentSinceMs: number;
  /** When it is asked, by the same clock: the worker says so. */
  askedAtMs?: number;
  /** An id that was drawn once none of them could be at work any more; ids grow. */
  laterId?: string;
}

/** Where the order of a creating POST comes from. */
export interface CreateOrigin {
  /** The run that first thought of this creation; another run id at the activity tells of a workflow reset. */
  originalRunId: string;
  /** The run in which a search has shown that no earlier order made a job; it says nothing about a later reset. */
  searchedInRun?: string;
  /** A run before this one came of a reset, of which the run ids tell no more. */
  wasReset?: true;
}

/** A creating POST as the workflow orders it. */
export interface CreateRequest extends CreateOrigin {
  request: CreateJobRequest;
}

export interface CreatedJob {
  jobId: string;
  status: string;
  /** Where it is known already, and never empty; an answer to a creation need not tell it. */
  runId?: string;
  /** The job in Keboola's API, at the configured origin. */
  url: string;
  /** The answer to the creation was lost and a search has shown the job. */
  found?: true;
  /** Somebody else has started it, and it is followed in place of a job of our own. */
  foreign?: true;
}

/** A job that a search has shown, and where it is in Keboola's API. */
export interface Hit {
  view: JobView;
  url: string;
}

/** The closed list of what can become of a creating POST. */
export type CreateOutcome =
  | {
      kind: 'accepted';
      job: CreatedJob;
      /** Its end will be told, as far as the worker knew. */
      watched?: true;
    }
  /** Keboola said no, for good. */
  | {
      kind: 'refused';
      type: 'CreateRefused' | 'TokenRefused' | 'NoJobApi' | 'ProtocolError';
      message: string;
      /** Nothing was created, and the reason may have been a passing one that Keboola words as a refusal. */
      perhapsPassing?: true;
    }
  /** Nothing reached Keboola, or it said "not now", or knows no such token: the same POST may be sent again. */
  | {
      kind: 'not-sent' | 'refused-for-now';
      message: string;
      retryAfterMs?: number;
      deferredMs?: number;
      tokenRefused?: true;
    }
  /** It may have made a job: never send again blindly. */
  | {
      kind: 'unknown';
      message: string;
      /** Keboola itself says that it has failed, and nobody on the way. */
      keboolaFailed?: true;
      /** Whose token has sent it, where that is known. */
      sentBy?: string;
    }
  /** Nothing was sent now, but before a reset of the workflow it may have been. */
  | { kind: 'search-first'; message: string };

/** Whether the project may run one more job. */
export type CapacityAnswer = { kind: 'reserved' } | { kind: 'full'; running: number; limit: number } | NoAnswer;

export function whatToRun(input: RunJobInput): WhatToRun {
  const { connection, parentRunId, queueTimeout, runTimeout, ...others } = input;
  const { onWarning, onTerminated, onAmbiguousCreate, children, createFence, onForeignJob, ...what } = others;
  return what;
}

export function recognisedBy(request: CreateJobRequest): Recognised {
  const { connection, project, runId } = request;
  const sent = { connection, project, runId };
  if ('call' in request) return sent;
  const { component, config } = request;
  return { ...sent, component, ...(config !== undefined && { config }) };
}

/**
 * Whether a job is the one that was asked for: our run id, exactly one segment below, and the same thing to run.
 *
 * Only what a document shows can speak against it: applications have documents of their own shape, and a job of ours
 * that is not recognised would be lost. Row and branch are left out because the run id has been sent by nobody else.
 */
export function isOurs(view: JobView, request: Recognised): boolean {
  // One whose id is none could neither be read nor stopped.
  if (!isChildOf(view.runId, request.runId) || !JOB_ID.test(view.jobId)) return false;
  const { component = view.component, config = view.config } = request;
  const sameComponent = view.component === '' || view.component === component;
  return sameComponent && (view.config === undefined || view.config === config);
}

/**
 * Which of several jobs of one creation to keep: the one that has started, else the first that was made. The others
 * are to be killed: each is a second run of what was asked for once.
 */
export function choose(hits: readonly Hit[]): { keep: Hit; extras: Hit[] } | undefined {
  const byAge = [...hits].sort((a, b) => compareJobIds(a.view.jobId, b.view.jobId));
  const keep = byAge.find(({ view }) => view.startTime !== undefined) ?? byAge[0];
  return keep && { keep, extras: byAge.filter(({ view }) => view.jobId !== keep.view.jobId) };
}

/** A job that a search has shown, as the one that was created. */
export function foundJob({ view: { jobId, runId: shown, status }, url }: Hit): CreatedJob {
  const runId = knownRunId(shown);
  return { jobId, ...(runId !== undefined && { runId }), status, url, found: true };
}

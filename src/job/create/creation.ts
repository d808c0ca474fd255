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
  /** Sent as X-KBC-RunId, unless the creation has another fence or none. Its last segment is the fence. */
  runId: string;
  /** The run that the job belongs to, if any: the part of `runId` before the fence. */
  parentRunId?: string;
}

/**
 * The creation of a job that runs a configuration. The author's bulky fields (`configData`, `params`) are passed on,
 * not kept twice.
 */
export interface RunRequest extends Creation, WhatToRun {
  /** Without a fence: the job lies below `parentRunId`, or at the top, and carries nothing of ours. */
  unfenced?: Claimant;
  /** The fence is sent as a variable, and `parentRunId` as X-KBC-RunId. */
  fencedByVariable?: true;
}

/** The creation that claims a job as its own; see `src/activities/create/claim.ts`. */
export interface Claimant {
  /** The project's id: jobs of two projects may have the same job id. */
  project: string;
  /** The run id that the creation would have carried. */
  by: string;
}

/** The creation of a job by another call of a component. */
export interface CallRequest extends Creation {
  call: AsyncCall;
}

/** One creating request. */
export type CreateJobRequest = RunRequest | CallRequest;

/** The part in which the two kinds of creation differ. */
export type WhatToCreate = WhatToRun | Pick<CallRequest, 'call'>;

/** How the jobs of a creation are recognised. */
export interface Recognised extends Pick<Creation, 'connection' | 'project' | 'runId'> {
  /** Left out for a call: its job may show any component, and nobody else has sent this run id. */
  component?: string;
  config?: string;
}

/** How a job that carries no run id of ours is recognised. */
export interface Unfenced extends Claimant {
  likeness: Likeness;
  parentRunId?: string;
  /** A job id that Keboola gave out before the POST; ids grow. Unknown if a run before a reset sent the POST. */
  afterId?: string;
  /** Whose token sent the POST, if known. */
  sentBy?: string;
  /** Whose token drew `afterId`. The POST was sent with that token or a new one. */
  drawnBy?: string;
  /** Claim this job: it looks like ours, and no other candidate is left. */
  claim?: string;
}

/** A search for the jobs of a creation. */
export interface SearchRequest extends Recognised {
  unfenced?: Unfenced;
  fencedByVariable?: true;
  /** How to recognise a job that a run before a reset created without a fence. */
  formerly?: Unfenced;
  /**
   * No POST of this creation was sent before this time, not even by a run that a reset discarded; epoch milliseconds.
   */
  sentSinceMs: number;
  /** When the search is requested, by the same clock; the worker fills it in. */
  askedAtMs?: number;
  /** A job id drawn once none of these POSTs could still be in progress; ids grow. */
  laterId?: string;
}

/** The workflow runs that a creating POST comes from. */
export interface CreateOrigin {
  /**
   * The run that first planned this creation. An activity that sees another run id knows that the workflow was reset.
   */
  originalRunId: string;
  /** The run in which a search showed that no earlier POST had made a job. It says nothing about a later reset. */
  searchedInRun?: string;
  /** An earlier run of the chain came from a reset, which the run ids no longer show. */
  wasReset?: true;
}

/** A creating POST as the workflow orders it. */
export interface CreateRequest extends CreateOrigin {
  request: CreateJobRequest;
}

export interface CreatedJob {
  jobId: string;
  status: string;
  /** Absent while unknown, and never empty: the answer to a creation may leave it out. */
  runId?: string;
  /** The job in Keboola's API, at the configured origin. */
  url: string;
  /** The answer to the creation was lost, and a search found the job. */
  found?: true;
  /** Somebody else started the job, and the workflow follows it instead of creating one. */
  foreign?: true;
}

/** A job that a search found, and its address in Keboola's API. */
export interface Hit {
  view: JobView;
  url: string;
}

/** All possible outcomes of a creating POST. */
export type CreateOutcome =
  | {
      kind: 'accepted';
      job: CreatedJob;
      /** As far as the worker knows, a watcher will report the end of this job. */
      watched?: true;
    }
  /** Keboola said no, for good. */
  | {
      kind: 'refused';
      type: 'CreateRefused' | 'TokenRefused' | 'NoJobApi' | 'ProtocolError';
      message: string;
      /** Nothing was created, and the reason may be a temporary one that Keboola words as a refusal. */
      perhapsPassing?: true;
    }
  /** Nothing reached Keboola, or it said "not now", or it does not know the token: the same POST may be sent again. */
  | {
      kind: 'not-sent' | 'refused-for-now';
      message: string;
      retryAfterMs?: number;
      deferredMs?: number;
      tokenRefused?: true;
    }
  /** The POST may have made a job: never send it again blindly. */
  | {
      kind: 'unknown';
      message: string;
      /** Keboola itself reported the failure, not a proxy on the way. */
      keboolaFailed?: true;
      /** Whose token sent the POST, if known. */
      sentBy?: string;
    }
  | SearchFirst;

/** Nothing was sent now, but the POST may have been sent before, by a run before a reset or by an earlier attempt. */
export interface SearchFirst {
  kind: 'search-first';
  message: string;
}

/** Whether the project may run one more job. */
export type CapacityAnswer = Capacity | NoAnswer | SearchFirst;
export type Capacity = { kind: 'reserved' } | { kind: 'full'; running: number; limit: number };

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
 * Only a field that the document shows can rule a job out: applications have documents of their own shape, and a job of
 * ours that is not recognised would be lost. Row and branch are left out because nobody else has sent this run id.
 */
export function isOurs(view: JobView, request: Recognised): boolean {
  // A job without a valid id could neither be read nor stopped.
  if (!isChildOf(view.runId, request.runId) || !JOB_ID.test(view.jobId)) return false;
  const { component = view.component, config = view.config } = request;
  const sameComponent = view.component === '' || view.component === component;
  return sameComponent && (view.config === undefined || view.config === config);
}

/** Whether a job was stopped, or is being stopped. */
export function isStopped({ status }: Pick<JobView, 'status'>): boolean {
  return ['terminating', 'terminated', 'cancelled'].includes(status);
}

/**
 * Which of several jobs of one creation to keep: one that nobody has stopped, and of these the one that has started, else
 * the one created first. The others are to be killed, since each would run the same work a second time.
 */
export function choose(hits: readonly Hit[]): { keep: Hit; extras: Hit[] } | undefined {
  const byAge = [...hits].sort((a, b) => compareJobIds(a.view.jobId, b.view.jobId));
  const going = byAge.filter(({ view }) => !isStopped(view));
  const among = going.length > 0 ? going : byAge;
  const keep = among.find(({ view }) => view.startTime !== undefined) ?? among[0];
  return keep && { keep, extras: byAge.filter(({ view }) => view.jobId !== keep.view.jobId) };
}

/** Turns a job that a search found into the created one. */
export function foundJob({ view: { jobId, runId: shown, status }, url }: Hit): CreatedJob {
  const runId = knownRunId(shown);
  return { jobId, ...(runId !== undefined && { runId }), status, url, found: true };
}

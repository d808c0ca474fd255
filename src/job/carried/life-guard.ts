import type { Budgets } from '../wait/budgets.js';
import type { CreatedJob } from '../create/creation.js';
import { FOREIGN_JOBS_MAX, type ForeignJobsState } from '../create/foreign-jobs.js';
import type { StatusSeen } from '../describe.js';
import { JOB_ID } from '../job-id.js';
import type { JobView } from '../job-view.js';
import { CREATIONS_MAX, type LifeState } from '../life-state.js';
import { CREATE_FENCES } from '../input.js';
import type { ChildrenSnapshot, JobSnapshot } from '../messages.js';
import type { PhaseClock } from '../wait/phase-clock.js';
import type { LogLine } from '../questions.js';
import type { RunHistory } from '../wait/poll-schedule.js';
import type { ForeignJobRule, Made, RunPlan } from '../run-plan.js';
import { KEYWORD_LENGTH_MAX, type SearchAttributeAnswer, type SearchAttributeValues } from '../search-attributes.js';
import type { StorageProgress } from '../storage/calls.js';
import { COLUMNS_MAX } from '../storage/input.js';
import type { DescendantResults } from '../tree/descendants.js';
import type { DescendantsState, TreePlace } from '../tree/descendants-state.js';
import {
  anything,
  count,
  dictionary,
  fields,
  flag,
  list,
  milliseconds,
  moment,
  number,
  oneOf,
  optional,
  plainRunId,
  tagged,
  text,
  textLike,
  textThat,
  textUpTo,
  wholeBetween,
  yes,
  type Guard,
} from '../guard/guards.js';
import { details, logLine, statusCounts } from '../guard/job-parts.js';
import { jobResult } from '../guard/job-result.js';
import { outage } from './outage-guard.js';
import { storageCallGuard } from './storage-call-guard.js';

/** Well above the limits that these lists are cut to. */
const ITEMS_MAX = 2_000;
const WARNINGS_MAX = 100;

const made = tagged<Made, 'by'>('by', {
  run: fields<Extract<Made, { by: 'run' }>>({ by: oneOf('run'), fence: oneOf(...CREATE_FENCES) }),
  call: fields<Extract<Made, { by: 'call' }>>({ by: oneOf('call') }),
  storage: fields<Extract<Made, { by: 'storage' }>>({ by: oneOf('storage') }),
  others: fields<Extract<Made, { by: 'others' }>>({ by: oneOf('others') }),
});

const plan = fields<RunPlan>({
  connection: text,
  project: fields<RunPlan['project']>({ id: text, name: text, jobsPage: optional(text) }),
  component: text,
  config: optional(text),
  made,
  parentRunId: optional(plainRunId),
  projectLimit: optional(number),
  delayMs: optional(milliseconds),
  mayStartAtMs: optional(moment),
  queueTimeoutMs: optional(milliseconds),
  runTimeoutMs: optional(milliseconds),
  onWarning: oneOf('accept', 'fail'),
  onTerminated: oneOf('cancel', 'fail'),
  onAmbiguousCreate: oneOf('fail', 'recreate'),
  children: oneOf('observe', 'ignore'),
  foreignJobs: optional(fields<ForeignJobRule>({ policy: oneOf('wait', 'adopt', 'fail'), branchId: optional(text) })),
  warnings: optional(list(text, WARNINGS_MAX)),
  onCancel: optional(oneOf('leave', 'kill')),
  searchAttributes: flag,
});

/** Keboola's own run ids are a few numbers. */
const RUN_ID_LENGTH_MAX = 1_000;

const created = fields<CreatedJob>({
  // It becomes part of a URL.
  jobId: textLike(JOB_ID),
  status: text,
  runId: optional(textThat((runId) => runId !== '' && runId.length <= RUN_ID_LENGTH_MAX, 'a run id')),
  url: text,
  found: optional(yes),
  foreign: optional(yes),
});

const view = fields<JobView>({
  jobId: text,
  runId: text,
  status: text,
  isFinished: optional(flag),
  stopAsked: optional(yes),
  component: text,
  config: optional(text),
  operation: optional(text),
  createdTime: optional(text),
  startTime: optional(text),
  endTime: optional(text),
  waitSeconds: optional(number),
  durationSeconds: optional(number),
  error: optional(text),
  exceptionId: optional(text),
  message: optional(text),
  terminatedBy: optional(text),
  result: anything,
  truncated: optional(yes),
  log: optional(list(fields<LogLine>(logLine), ITEMS_MAX)),
  details: optional(details),
});

const snapshot = fields<JobSnapshot>({
  stage: oneOf('preparing', 'creating', 'waiting', 'stopping', 'closed'),
  connection: optional(text),
  note: optional(text),
  job: optional(view),
  url: optional(text),
  page: optional(text),
  polls: count,
  nextPollTime: optional(text),
  watched: optional(yes),
  children: optional(fields<ChildrenSnapshot>({ jobs: count, counts: statusCounts, digest: optional(text) })),
});

const descendants = fields<DescendantsState>({
  jobs: count,
  counts: statusCounts,
  complete: flag,
  // The keys become parts of workflow ids.
  observers: dictionary(JOB_ID, oneOf('starting', 'open', 'closed'), ITEMS_MAX),
  unsure: list(text, ITEMS_MAX),
  digest: optional(text),
  results: optional(fields<DescendantResults>({ children: list(jobResult, ITEMS_MAX), truncated: optional(yes) })),
});

const keyword = optional(textUpTo(KEYWORD_LENGTH_MAX));

const state = fields<LifeState>({
  attemptsBefore: count,
  fenceSeed: text,
  // Each attempt gets a fence of its own.
  attempt: wholeBetween(1, CREATIONS_MAX),
  wasReset: optional(yes),
  plan: optional(plan),
  created: optional(created),
  snapshot,
  statusesSeen: list(fields<StatusSeen>({ status: text, time: text }), ITEMS_MAX),
  readAtMs: optional(moment),
  clock: fields<PhaseClock>({
    phase: oneOf('waiting', 'processing', 'terminating'),
    startedAtMs: moment,
    lastLookMs: moment,
  }),
  budgets: fields<Budgets>({
    queueTimeoutMs: optional(milliseconds),
    runTimeoutMs: optional(milliseconds),
    queuedSinceMs: moment,
    mayStartAtMs: optional(moment),
    runningSinceMs: optional(moment),
  }),
  runIds: list(text, ITEMS_MAX),
  // Each becomes part of a URL.
  foreignJobs: optional(
    fields<ForeignJobsState>({
      seen: list(textLike(JOB_ID), FOREIGN_JOBS_MAX),
      searched: optional(yes),
      decided: optional(yes),
    }),
  ),
  givenUp: list(plainRunId, ITEMS_MAX),
  postsInVain: optional(count),
  history: optional(fields<RunHistory>({ count: number, meanLn: number, m2Ln: number })),
  outage,
  nudged: flag,
  watched: optional(yes),
  nudgedInVain: optional(yes),
  readIsDue: optional(yes),
  leftAtMs: optional(moment),
  descendants,
  storage: optional(
    fields<StorageProgress>({
      call: storageCallGuard,
      rows: optional(count),
      bytes: optional(count),
      columns: optional(list(text, COLUMNS_MAX)),
      isCounted: optional(yes),
    }),
  ),
  searchAttributes: optional(fields<SearchAttributeAnswer>({ ready: flag, askedMs: moment })),
  published: fields<SearchAttributeValues>({
    KeboolaProject: keyword,
    KeboolaComponent: keyword,
    KeboolaConfig: keyword,
    KeboolaJobId: keyword,
    KeboolaRunId: keyword,
    KeboolaStatus: keyword,
  }),
});

/** The state that a job's workflow may take over from the previous run. */
export const lifeGuard: Guard<LifeState> = (value, at) => {
  const problem = state(value, at);
  if (problem !== undefined) return problem;
  const { plan, created } = value as LifeState;
  return created && !plan ? 'plan: expected of a job that exists' : undefined;
};

/** The place in the job tree that an observer is given. */
export const treePlaceGuard: Guard<TreePlace> = fields<TreePlace>({ runIds: list(text, ITEMS_MAX), depth: count });

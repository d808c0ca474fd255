import type {
  AmbiguousCreatePolicy,
  ChildrenPolicy,
  CreateFence,
  ForeignJobPolicy,
  TerminatedPolicy,
  WarningPolicy,
} from './input.js';
import type { CancelPolicy } from './wait/input.js';

/**
 * A system with jobs of its own, beside the one that runs components. Its jobs are read elsewhere and cannot be
 * stopped.
 */
export type JobSystem = 'storage';

/** Where a request goes: a connection, provided that it leads to the project that the job is in. */
export interface InProject {
  connection: string;
  /** The project's id. */
  project: string;
  system?: JobSystem;
}

export interface ForeignJobRule {
  policy: Exclude<ForeignJobPolicy, 'ignore'>;
  /** The development branch that the foreign jobs run in, if not the main one. */
  branchId?: string;
}

/** How a job is created. How to tell it from others is a question for `create/recognition.ts`. */
export type Made =
  /** By us, as a run of a component that carries this fence. */
  | { by: 'run'; fence: CreateFence }
  /** By us, through a component's own call, which decides what the job shows as component and configuration. */
  | { by: 'call' }
  /** By us, through a Storage call. */
  | { by: 'storage' }
  /** By somebody else. */
  | { by: 'others' };

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
  made: Made;
  parentRunId?: string;
  /** How many jobs the project runs at the same time, if that limit is to be respected. */
  projectLimit?: number;
  /** The job must not start until this long after its creation. */
  delayMs?: number;
  /** The job must not start before this time; epoch milliseconds. */
  mayStartAtMs?: number;
  /** Longest wait for a start, counted from when the job may start. */
  queueTimeoutMs?: number;
  /** Longest run. */
  runTimeoutMs?: number;
  onWarning: WarningPolicy;
  onTerminated: TerminatedPolicy;
  onAmbiguousCreate: AmbiguousCreatePolicy;
  children: ChildrenPolicy;
  /** What to do about foreign jobs of `config`, unless they are ignored. */
  foreignJobs?: ForeignJobRule;
  /** What the author may have overlooked; the job runs all the same. */
  warnings?: string[];
  /** What cancelling the workflow does to the job. A workflow stops a job that it started itself. Default `kill`. */
  onCancel?: CancelPolicy;
  /** Whether the search attributes could be written when the plan was made; see `mayWrite`. */
  searchAttributes: boolean;
}

/** Where a job is, for every request about it. */
export function placeOf({ connection, project, made }: RunPlan): InProject {
  return { connection, project: project.id, ...(made.by === 'storage' && { system: made.by }) };
}

/** Storage cannot stop a job: an unwanted one is left running. */
export function canBeStopped({ made }: Pick<RunPlan, 'made'>): boolean {
  return made.by !== 'storage';
}

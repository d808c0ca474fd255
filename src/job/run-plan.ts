import type {
  AmbiguousCreatePolicy,
  ChildrenPolicy,
  CreateFence,
  ForeignJobPolicy,
  TerminatedPolicy,
  WarningPolicy,
} from './input.js';
import type { CancelPolicy } from './wait-input.js';

/** A system beside the one that runs components, with jobs of its own: they are read elsewhere, and cannot be stopped. */
export type JobSystem = 'storage';

/** Where a request goes: a connection, as long as it leads to the project that the job is in. */
export interface InProject {
  connection: string;
  /** The project's id. */
  project: string;
  system?: JobSystem;
}

export interface ForeignJobRule {
  policy: Exclude<ForeignJobPolicy, 'ignore'>;
  /** The development branch that they run in, where it is not the main one. */
  branchId?: string;
}

/** How a job comes about. By what it is told from others is asked through `create/recognition.ts`. */
export type Made =
  /** By us, as a run of a component that carries this of ours. */
  | { by: 'run'; fence: CreateFence }
  /** By us, through a call of the component's own: what it shows as component and configuration is up to it. */
  | { by: 'call' }
  /** By us, through a call of Storage. */
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
  /** How many jobs the project runs at the same time, where that is to be respected. */
  projectLimit?: number;
  /** The job is not to start until this long after its creation. */
  delayMs?: number;
  /** The job is not to start before that; epoch milliseconds. */
  mayStartAtMs?: number;
  /** Longest wait for a start, from when it may start. */
  queueTimeoutMs?: number;
  /** Longest run. */
  runTimeoutMs?: number;
  onWarning: WarningPolicy;
  onTerminated: TerminatedPolicy;
  onAmbiguousCreate: AmbiguousCreatePolicy;
  children: ChildrenPolicy;
  /** What to do about jobs of `config` that somebody else has started, where they are not to be let be. */
  foreignJobs?: ForeignJobRule;
  /** What the author may have overlooked; the job runs all the same. */
  warnings?: string[];
  /** What a cancelled workflow does to the job; it stops one that it has started itself. Default `kill`. */
  onCancel?: CancelPolicy;
  /** Whether the search attributes could be written when it was made; see `mayWrite`. */
  searchAttributes: boolean;
}

/** Where a job is, for every request about it. */
export function placeOf({ connection, project, made }: RunPlan): InProject {
  return { connection, project: project.id, ...(made.by === 'storage' && { system: made.by }) };
}

/** Storage stops no job: one that is not wanted is left to itself. */
export function canBeStopped({ made }: Pick<RunPlan, 'made'>): boolean {
  return made.by !== 'storage';
}

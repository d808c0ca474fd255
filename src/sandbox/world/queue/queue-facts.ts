export const JOB_TYPES = [
  'standard',
  'container',
  'phaseContainer',
  'orchestrationContainer',
  'retryContainer',
] as const;
/** The role of a job; the server chooses it. Only standard jobs work, are counted and are billed. */
export type JobType = (typeof JOB_TYPES)[number];

export const BACKEND_TYPES = ['xsmall', 'small', 'medium', 'large'] as const;

export interface Backend {
  readonly type: string | null;
  readonly containerType: string | null;
  readonly context: string | null;
}

/** The part of a job's document that only Queue v2 has, and only for jobs that it created. */
export interface QueueFacts {
  readonly type: JobType;
  readonly desiredStatus: 'processing' | 'terminating';
  readonly tag: string;
  readonly branchId: string;
  readonly configRowIds: readonly string[];
  readonly parallelism: string | null;
  readonly onError: string | null;
  readonly backend: Backend;
  readonly executor: string;
  readonly delayedStartMs: number | null;
  readonly orchestrationJobId: string | null;
  readonly orchestrationTaskId: string | null;
  readonly orchestrationPhaseId: string | null;
  readonly onlyTaskIds: readonly string[] | null;
  readonly previousJobId: string | null;
}

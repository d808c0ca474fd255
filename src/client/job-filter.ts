import type { JobStatus } from '../job/wait/status.js';
import { quoted } from '../temporal/quoted.js';
import { InvalidInputError } from './errors.js';

/** Which jobs. Each field narrows them; those of Keboola need the search attributes. */
export interface JobFilter {
  /** Pipelines instead of jobs: those started by themselves, and those within others. They are of no component, configuration, status or connection. */
  pipelines?: boolean;
  /** Only workflows that run. */
  running?: boolean;
  component?: string;
  config?: string;
  /** Keboola's word for where the job is. */
  status?: JobStatus;
  /** Only workflows that were started since. */
  since?: Date;
  /** A Temporal list filter, joined to ours by AND. */
  query?: string;
}

const OF_JOBS_ALONE = ['component', 'config', 'status', 'connection'] as const;

/** @throws InvalidInputError for what jobs alone have, and is asked of pipelines. */
export function refuseOfPipelines({ pipelines, ...rest }: JobFilter & { connection?: string }): void {
  const asked = pipelines ? OF_JOBS_ALONE.filter((path) => rest[path] !== undefined) : [];
  const message = 'only jobs have one; leave it out where pipelines are asked for';
  if (asked.length > 0) throw new InvalidInputError(asked.map((path) => ({ path, message })));
}

/** As conditions of a Temporal list filter. */
export function conditionsOf({ running, component, config, status, since, query }: JobFilter): string[] {
  return [
    ...(running ? ['ExecutionStatus = "Running"'] : []),
    ...(component === undefined ? [] : [`KeboolaComponent = ${quoted(component)}`]),
    ...(config === undefined ? [] : [`KeboolaConfig = ${quoted(config)}`]),
    ...(status === undefined ? [] : [`KeboolaStatus = ${quoted(status)}`]),
    ...(since === undefined ? [] : [`StartTime >= ${quoted(since.toISOString())}`]),
    // In brackets, because AND binds more than an OR of the caller's.
    ...(query === undefined ? [] : [`(${query})`]),
  ];
}

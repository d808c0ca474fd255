import type { JobStatus } from '../job/wait/status.js';
import { quoted } from '../temporal/quoted.js';
import { InvalidInputError } from './errors.js';

/** Which jobs to list. Each field narrows the list; Keboola's own fields need the search attributes. */
export interface JobFilter {
  /**
   * List pipelines instead of jobs, top-level and nested ones. A pipeline has no component, configuration, status or
   * connection to filter by.
   */
  pipelines?: boolean;
  /** Only running workflows. */
  running?: boolean;
  component?: string;
  config?: string;
  /** Keboola's status of the job. */
  status?: JobStatus;
  /** Only workflows that were started then or later. */
  since?: Date;
  /** A Temporal list filter, joined to ours by AND. */
  query?: string;
}

const OF_JOBS_ALONE = ['component', 'config', 'status', 'connection'] as const;

/** @throws InvalidInputError where a list of pipelines is filtered by a field that only jobs have. */
export function refuseOfPipelines({ pipelines, ...rest }: JobFilter & { connection?: string }): void {
  const asked = pipelines ? OF_JOBS_ALONE.filter((path) => rest[path] !== undefined) : [];
  const message = 'only jobs have one; leave it out for pipelines';
  if (asked.length > 0) throw new InvalidInputError(asked.map((path) => ({ path, message })));
}

/** The filter as conditions of a Temporal list filter, to be joined by AND. */
export function conditionsOf({ running, component, config, status, since, query }: JobFilter): string[] {
  return [
    ...(running ? ['ExecutionStatus = "Running"'] : []),
    ...(component === undefined ? [] : [`KeboolaComponent = ${quoted(component)}`]),
    ...(config === undefined ? [] : [`KeboolaConfig = ${quoted(config)}`]),
    ...(status === undefined ? [] : [`KeboolaStatus = ${quoted(status)}`]),
    ...(since === undefined ? [] : [`StartTime >= ${quoted(since.toISOString())}`]),
    // In brackets, because AND binds tighter than an OR in the caller's query.
    ...(query === undefined ? [] : [`(${query})`]),
  ];
}

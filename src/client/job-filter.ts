import type { JobStatus } from '../job/wait/status.js';
import { quoted } from '../temporal/quoted.js';

/** Which jobs. Each field narrows them; those of Keboola need the search attributes. */
export interface JobFilter {
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

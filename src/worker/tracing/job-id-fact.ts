import { FACT_LENGTH_MAX } from '../../job/tracing/told-to-traces.js';

/** The id of a job, which a trace is looked for by. Storage counts its jobs by itself: one id may be that of two jobs. */
export function jobIdFact(jobId: string, isOfStorage: boolean): Record<string, string> {
  return { [isOfStorage ? 'keboola.storage.job.id' : 'keboola.job.id']: jobId.slice(0, FACT_LENGTH_MAX) };
}

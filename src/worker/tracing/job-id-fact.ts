import { cut } from '../../job/text/well-formed.js';
import { FACT_LENGTH_MAX } from '../../job/tracing/told-to-traces.js';

/** The id of a job, by which people find a trace. Storage counts its own jobs: two jobs may have the same id. */
export function jobIdFact(jobId: string, isOfStorage: boolean): Record<string, string> {
  return { [isOfStorage ? 'keboola.storage.job.id' : 'keboola.job.id']: cut(jobId, FACT_LENGTH_MAX) };
}

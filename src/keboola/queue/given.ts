import { id, record, text } from '../../job/text/document-fields.js';
import type { GivenToJob } from '../../job/questions.js';
import type { JobDocument } from '../jobs/job-api.js';
import { showsValues } from './fence-variable.js';

/**
 * What a job was given that differs from its configuration. Variables may be the configuration's own, since the server
 * fills those in (keboola/job-queue-internal-api-php-client `JobRuntimeResolver.php`).
 */
export function givenTo(document: unknown): Pick<JobDocument, 'flowTasks' | 'given'> {
  const job = record(document) ?? {};
  const flowTasks = idsOf(job['onlyFlowTaskIds'] ?? job['onlyOrchestrationTaskIds']);
  const shown: Record<GivenToJob, boolean> = {
    variableValuesId: id(job['variableValuesId']) !== undefined,
    variableValuesData: showsValues(job['variableValuesData']),
    configData: Object.keys(record(job['configData']) ?? {}).length > 0,
    mode: (text(job['mode']) ?? 'run') !== 'run',
  };
  const given = (Object.keys(shown) as GivenToJob[]).filter((field) => shown[field]);
  return { ...(flowTasks.length > 0 && { flowTasks }), ...(given.length > 0 && { given }) };
}

function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((one) => id(one) ?? []) : [];
}

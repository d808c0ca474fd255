import type { RunRequest } from '../../job/create/creation.js';
import { compact } from '../../job/text/document-fields.js';
import { fenceVariable } from './fence-variable.js';
import { durationMs } from '../../job/text/duration.js';

const MODES = { run: 'run', debug: 'debug', 'force-run': 'forceRun' } as const;

/**
 * The body of `POST /jobs`. Fields that were not given are left out, because `null` and `[]` mean different things to
 * different versions (`keboola-queue-api-openapi.yml` 1.3.8). The parent is sent in a header, since it is not read from
 * the body (keboola/job-queue-api-php-client commit 909242b).
 */
export function runBody({
  mode = 'run',
  rows,
  flowTasks,
  parallelism,
  delay,
  ...same
}: Omit<RunRequest, 'project'>): Record<string, unknown> {
  const { component, config, configData, tag, branchId, backend, delayedStartTime, variableValuesId } = same;
  const variableValuesData = same.fencedByVariable ? fenceVariable(same.runId) : same.variableValuesData;
  return compact({
    component,
    config,
    configRowIds: rows,
    configData,
    tag,
    branchId,
    backend,
    delayedStartTime,
    variableValuesId,
    variableValuesData,
    onlyFlowTaskIds: flowTasks,
    mode: MODES[mode],
    parallelism: parallelism === undefined ? undefined : String(parallelism),
    delay: delay === undefined ? undefined : Math.ceil((durationMs(delay) ?? 0) / 1_000),
  });
}

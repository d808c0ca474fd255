import { z } from 'zod';
import type { WhatToRun } from '../../job/create/creation.js';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';
import type { InputProblem } from '../../input/input-problem.js';
import { didYouMean, nearestId } from '../../input/nearest-id.js';
import type { Connection } from '../connection/connection.js';
import { decode } from '../http/decode.js';
import type { Sender } from '../http/exchange.js';
import { KeboolaError } from '../http/keboola-error.js';
import { isPathPart } from '../http/service-url.js';

/** Somebody who mixed up two configurations need not read about every row. */
const TOLD_MAX = 10;

const RowList = z.array(z.object({ id: z.union([z.string(), z.number()]).transform(String) }));

/**
 * Keboola accepts any row id, and the job fails later. So we look rows up first
 * (`GET /v2/storage[/branch/{id}]/components/{id}/configs/{id}/rows`), unless the run names none or does not use the
 * stored configuration.
 *
 * @returns no problems if all rows exist or we cannot tell.
 * @throws KeboolaError while Keboola gives no usable answer.
 */
export async function missingRows(http: Sender, connection: Connection, what: WhatToRun): Promise<InputProblem[]> {
  const { component, config, configData, rows } = what;
  if (rows === undefined || config === undefined || configData !== undefined) return [];
  const known = await knownRows(http, connection, { ...what, config });
  if (known === undefined) return [];
  return rows
    .flatMap((row, at) => {
      const told = `configuration "${config}" of component "${component}" has no row "${row}".`;
      return known.has(row) ? [] : [{ path: `rows.${at}`, message: told + didYouMean(nearestId(row, [...known])) }];
    })
    .slice(0, TOLD_MAX);
}

/** Its configurations define variables, their rows are stored values (keboola/docker-bundle `VariableResolver.php`). */
const VARIABLES = 'keboola.variables';

/** The same for stored values of variables, which are rows of a separate configuration. @throws KeboolaError. */
export async function missingValues(
  http: Sender,
  connection: Connection,
  { valuesId, variablesId }: { valuesId: string; variablesId: string },
): Promise<InputProblem[]> {
  const known = await knownRows(http, connection, { component: VARIABLES, config: variablesId });
  if (known === undefined || known.has(valuesId)) return [];
  const told = `the variables of the configuration ("${variablesId}") have no stored values "${valuesId}".`;
  return [{ path: 'variableValuesId', message: told + didYouMean(nearestId(valuesId, [...known])) }];
}

/** @returns undefined if the token may not list rows, or there is no such configuration. */
async function knownRows(
  http: Sender,
  connection: Connection,
  { component, config, branchId }: WhatToRun & { config: string },
): Promise<Set<string> | undefined> {
  if (![component, config].every(isPathPart)) return undefined;
  const [branch, ...parts] = [branchId ?? '', component, config].map(encodeURIComponent);
  const within = branch === '' ? '' : `/branch/${branch}`;
  const url = new URL(`/v2/storage${within}/components/${parts.join('/configs/')}/rows`, connection.origins.base);
  try {
    const answer = await http.send({ method: 'GET', url, token: connection.token(), timeoutMs: ANSWER_MS_MAX });
    return new Set(decode(RowList, answer.json, 'GET', url).map(({ id }) => id));
  } catch (error) {
    if (cannotBeTold(error)) return undefined;
    throw error;
  }
}

function cannotBeTold(error: unknown): boolean {
  if (!(error instanceof KeboolaError)) return false;
  return error.facts.status === 403 || ['refused', 'not-found', 'protocol'].includes(error.kind);
}

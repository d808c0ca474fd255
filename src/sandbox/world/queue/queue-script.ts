import { resolveScript } from '../../fixture/resolve-script.js';
import type { Component, Configuration, Project } from '../../fixture/schema.js';
import type { Script } from '../../fixture/script-schema.js';
import type { JsonObject } from '../../json.js';
import type { World } from '../world.js';
import type { QueueRequest } from './new-queue-job.js';

/** What a job will do. A mistake in rows or variables lets the job start and then fail. @throws SandboxInputError */
export function queueScript(
  { fixture, settings }: World,
  project: Project,
  component: Component,
  stored: Configuration | undefined,
  request: QueueRequest,
): Script {
  const { config, configData, variableValuesId, variableValuesData } = request;
  const isForgotten = settings.queueForgottenVariables === 'empty' && hasForgotten(stored, request);
  const params: JsonObject = {
    config,
    configData,
    variableValuesId,
    row: rowOf(stored, request),
    variableValuesData: isForgotten ? emptyValues(stored) : variableValuesData,
  };
  return resolveScript(fixture, project, component, params);
}

/** One row runs alone, an unknown row fails the job, and several rows run as the whole configuration. */
function rowOf(stored: Configuration | undefined, { configRowIds = [] }: QueueRequest): string | undefined {
  const unknown = configRowIds.find((asked) => stored?.rows.some(({ id }) => id === asked) !== true);
  return unknown ?? (configRowIds.length === 1 ? configRowIds[0] : undefined);
}

/** Jobs whose variables were forgotten have been seen to run with empty ones (keboola/cli issues 190 and 191). */
function hasForgotten(stored: Configuration | undefined, request: QueueRequest): boolean {
  const isGiven = request.variableValuesId !== undefined || request.variableValuesData !== undefined;
  return stored?.variables !== undefined && stored.variables.defaultValuesId === undefined && !isGiven;
}

function emptyValues(stored: Configuration | undefined): JsonObject {
  return { values: (stored?.variables?.names ?? []).map((name) => ({ name, value: '' })) };
}

import type { RunRequest, WhatToRun } from '../../job/create/creation.js';
import { componentPath, inBranch, isDockerPath } from './component-path.js';

/** The path and the body that create a job. */
export interface RunRoute {
  path: string;
  body: Record<string, unknown>;
}

/**
 * `POST /docker/[branch/{branch}/]{component}/run[/tag/{tag}]` or `…/debug` for docker components, and
 * `POST /{application}/run` for native ones; a component's `uri` tells which
 * (`https://syrup.keboola.com/docker/{component}` or `https://syrup.keboola.com/{application}`).
 *
 * Sources: keboola/docker-bundle `routing.yml`, keboola/syrup `app/config/routing.yml`. We only use the path of the
 * `uri`: its host comes from a response and must not see the token.
 */
export function runRoute(request: Omit<RunRequest, 'project'>, componentUri: string | undefined): RunRoute {
  const path = componentPath(request.component, componentUri);
  if (!isDockerPath(path)) {
    return { path: `${path}/run`, body: { ...request.params, ...whichConfiguration(request) } };
  }
  return { path: dockerPath(path, request), body: { ...whichConfiguration(request), ...dockerFields(request) } };
}

function dockerPath(path: string, { branchId, mode, tag }: WhatToRun): string {
  const action = mode === 'debug' ? 'debug' : 'run';
  const version = tag === undefined ? '' : `/tag/${encodeURIComponent(tag)}`;
  return `${inBranch(path, branchId)}/${action}${version}`;
}

/** `POST /docker/[branch/{branch}/]{component}/action/{action}`, synchronous (keboola/docker-bundle `routing.yml`). */
export function actionPath(
  { component, action, branchId }: { component: string; action: string; branchId?: string },
  componentUri: string | undefined,
): string {
  return `${inBranch(componentPath(component, componentUri), branchId)}/action/${encodeURIComponent(action)}`;
}

function whichConfiguration({ config, configData }: WhatToRun): object {
  return { ...(config !== undefined && { config }), ...(configData !== undefined && { configData }) };
}

/** Tag, branch and mode are in the path, which wins over the body. */
function dockerFields({ rows, variableValuesId, variableValuesData }: WhatToRun): object {
  const row = rows?.[0];
  return {
    ...(row !== undefined && { row }),
    ...(variableValuesId !== undefined && { variableValuesId }),
    ...(variableValuesData !== undefined && { variableValuesData }),
  };
}

import type { RunRequest, WhatToRun } from '../../job/create/creation.js';

/** Where and with what body one job is created. */
export interface RunRoute {
  path: string;
  body: Record<string, unknown>;
}

/**
 * `POST /docker/[branch/{branch}/]{component}/run[/tag/{tag}]` or `…/debug` for docker components, and
 * `POST /{application}/run` for native ones; a component's `uri` tells which
 * (`https://syrup.keboola.com/docker/{component}` or `https://syrup.keboola.com/{application}`).
 *
 * Sources: keboola/docker-bundle `routing.yml`, keboola/syrup `app/config/routing.yml`. Of the uri only the path counts:
 * its host comes from a response and must not see the token.
 */
export function runRoute(request: RunRequest, componentUri: string | undefined): RunRoute {
  const path = componentPath(request.component, componentUri);
  if (!isDockerPath(path)) {
    return { path: `${path}/run`, body: { ...request.params, ...whichConfiguration(request) } };
  }
  return { path: dockerPath(path, request), body: { ...whichConfiguration(request), ...dockerFields(request) } };
}

/** Whether a component runs in the docker application and not in one of its own; one without a uri does. */
export function isDocker(component: string, componentUri: string | undefined): boolean {
  return isDockerPath(componentPath(component, componentUri));
}

const DOCKER = /^\/docker\//;

function isDockerPath(path: string): boolean {
  return DOCKER.test(path);
}

/** Where a component runs, without the host, which comes from a response. */
export function componentPath(component: string, uri: string | undefined): string {
  const given = URL.parse(uri ?? '')?.pathname.replace(/\/+$/, '') ?? '';
  return given === '' ? `/docker/${encodeURIComponent(component)}` : given;
}

function dockerPath(path: string, { branchId, mode, tag }: WhatToRun): string {
  const action = mode === 'debug' ? 'debug' : 'run';
  const version = tag === undefined ? '' : `/tag/${encodeURIComponent(tag)}`;
  return `${inBranch(path, branchId)}/${action}${version}`;
}

/** `POST /docker/[branch/{branch}/]{component}/action/{action}`: a synchronous action (keboola/docker-bundle `routing.yml`). */
export function actionPath(
  { component, action, branchId }: { component: string; action: string; branchId?: string },
  componentUri: string | undefined,
): string {
  return `${inBranch(componentPath(component, componentUri), branchId)}/action/${encodeURIComponent(action)}`;
}

function inBranch(path: string, branchId: string | undefined): string {
  return branchId === undefined ? path : path.replace(DOCKER, `/docker/branch/${encodeURIComponent(branchId)}/`);
}

function whichConfiguration({ config, configData }: WhatToRun): object {
  return { ...(config !== undefined && { config }), ...(configData !== undefined && { configData }) };
}

/** Tag, branch and mode travel in the path, which wins over the body. */
function dockerFields({ rows, variableValuesId, variableValuesData }: WhatToRun): object {
  const row = rows?.[0];
  return {
    ...(row !== undefined && { row }),
    ...(variableValuesId !== undefined && { variableValuesId }),
    ...(variableValuesData !== undefined && { variableValuesData }),
  };
}

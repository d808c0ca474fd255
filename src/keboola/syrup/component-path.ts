import { withoutSlashes } from '../../job/text/without-slashes.js';
import type { ComponentEntry } from '../../job/questions.js';

const DOCKER = /^\/docker\//;

/** The path at which a component runs. Its host comes from a response and is ignored. */
export function componentPath(component: string, uri: string | undefined): string {
  const given = withoutSlashes(URL.parse(uri ?? '')?.pathname ?? '');
  return given === '' ? `/docker/${encodeURIComponent(component)}` : given;
}

/** Whether a component runs in the docker application (as one without a `uri` does) or is an application itself. */
export function componentKind(component: string, uri: string | undefined): ComponentEntry['kind'] {
  return isDockerPath(componentPath(component, uri)) ? 'docker' : 'native';
}

export function isDockerPath(path: string): boolean {
  return DOCKER.test(path);
}

/** Only the docker application knows branches. */
export function inBranch(path: string, branchId: string | undefined): string {
  return branchId === undefined ? path : path.replace(DOCKER, `/docker/branch/${encodeURIComponent(branchId)}/`);
}

/** A path without its branch, if it has one. */
export function outOfBranch(path: string): string {
  return path.replace(/^\/docker\/branch\/[^/]+\//, '/docker/');
}

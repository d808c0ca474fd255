import type { ComponentEntry } from '../../job/questions.js';

const DOCKER = /^\/docker\//;

/** Where a component runs, without the host, which comes from a response. */
export function componentPath(component: string, uri: string | undefined): string {
  const given = URL.parse(uri ?? '')?.pathname.replace(/\/+$/, '') ?? '';
  return given === '' ? `/docker/${encodeURIComponent(component)}` : given;
}

/** Whether a component runs in the docker application or has one of its own; one without a uri does the first. */
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

/** A path that may lie in a branch, as it is in the main one. */
export function outOfBranch(path: string): string {
  return path.replace(/^\/docker\/branch\/[^/]+\//, '/docker/');
}

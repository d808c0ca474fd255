const DOCKER = /^\/docker\//;

/** Where a component runs, without the host, which comes from a response. */
export function componentPath(component: string, uri: string | undefined): string {
  const given = URL.parse(uri ?? '')?.pathname.replace(/\/+$/, '') ?? '';
  return given === '' ? `/docker/${encodeURIComponent(component)}` : given;
}

/** Whether a component runs in the docker application and not in one of its own; one without a uri does. */
export function isDocker(component: string, componentUri: string | undefined): boolean {
  return isDockerPath(componentPath(component, componentUri));
}

export function isDockerPath(path: string): boolean {
  return DOCKER.test(path);
}

/** Only the docker application knows branches. */
export function inBranch(path: string, branchId: string | undefined): string {
  return branchId === undefined ? path : path.replace(DOCKER, `/docker/branch/${encodeURIComponent(branchId)}/`);
}

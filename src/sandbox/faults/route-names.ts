/** Calls of Storage that ask for an operation, answered by a job or at once. */
export const STORAGE_OPERATIONS = [...['workspaceCreate', 'workspaceDelete', 'workspaceLoad']] as const;

/** Names of what can be asked of the sandbox; a fault, the log and the counters speak of routes by these. */
export const ROUTE_NAMES = [
  ...['index', 'components', 'component', 'verify', 'tickets'],
  ...['create', 'read', 'list', 'kill', 'options', 'notFound'],
  ...['storageJob', 'storageJobs', 'workspace', 'workspaces'],
  ...STORAGE_OPERATIONS,
] as const;

export type RouteName = (typeof ROUTE_NAMES)[number];

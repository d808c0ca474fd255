/** Calls of Storage that ask for an operation, answered by a job or at once. */
export const STORAGE_OPERATIONS = [
  ...['bucketDelete', 'tableCreate', 'tableImport', 'tableExport', 'tableDelete', 'rowsDelete'],
  ...['workspaceCreate', 'workspaceDelete', 'workspaceLoad', 'fileDelete', 'branchCreate', 'branchDelete'],
] as const;

/** Names of what can be asked of the sandbox; a fault, the log and the counters speak of routes by these. */
export const ROUTE_NAMES = [
  ...['index', 'components', 'component', 'configurationRows', 'verify', 'tickets'],
  ...['create', 'read', 'list', 'kill', 'options', 'notFound'],
  ...['action', 'custom', 'stats', 'resolve'],
  ...['actions', 'primaryList', 'groupedList', 'recentList', 'rerunPlan', 'lineage'],
  ...['subscriptionCreate', 'subscriptions', 'subscription', 'subscriptionDelete'],
  ...['storageJob', 'storageJobs', 'bucketCreate', 'bucket', 'buckets', 'table', 'tables', 'preview'],
  ...['events', 'event', 'eventCreate'],
  ...[
    'filePrepare',
    'fileRefresh',
    'file',
    'files',
    'upload',
    'download',
    'workspace',
    'workspaces',
    'branch',
    'branches',
  ],
  ...STORAGE_OPERATIONS,
] as const;

export type RouteName = (typeof ROUTE_NAMES)[number];

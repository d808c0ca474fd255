const STORAGE = '/v2/storage';

const ALSO_IN_BRANCHES = [
  '/components/{component}/configs/{config}/rows',
  '/buckets',
  '/buckets/{bucket}',
  '/buckets/{bucket}/tables-async',
  '/buckets/{bucket}/tables-definition',
  '/tables/{table}',
  '/tables/{table}/import-async',
  '/tables/{table}/export-async',
  '/tables/{table}/rows',
  '/tables/{table}/columns/{column}',
  '/tables/{table}/swap',
  '/tables/{table}/pull',
  '/tables/{table}/snapshots',
  '/files',
  '/files/prepare',
  '/files/{file}',
  '/files/{file}/refresh',
  '/workspaces',
  '/workspaces/{workspace}',
  '/workspaces/{workspace}/load',
  '/workspaces/{workspace}/load-clone',
];

/** The routes of Storage that we call, or that a workflow's author may call. */
export const STORAGE_ROUTES: readonly string[] = [
  STORAGE,
  `${STORAGE}/tokens/verify`,
  `${STORAGE}/tickets`,
  `${STORAGE}/events`,
  `${STORAGE}/components`,
  `${STORAGE}/components/{component}`,
  `${STORAGE}/jobs`,
  `${STORAGE}/jobs/{id}`,
  `${STORAGE}/dev-branches`,
  `${STORAGE}/dev-branches/{branch}`,
  ...ALSO_IN_BRANCHES.flatMap((path) => [STORAGE + path, `${STORAGE}/branch/{branch}${path}`]),
];

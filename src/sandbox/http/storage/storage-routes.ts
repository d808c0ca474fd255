import type { Route } from '../route.js';
import { listStorageJobs, readStorageJob } from './storage-jobs.js';
import {
  createWorkspace,
  deleteWorkspace,
  listWorkspaces,
  loadWorkspace,
  showWorkspace,
  unloadWorkspace,
} from './workspaces.js';

const BASE = '/v2/storage';

/** Storage knows most of its calls with and without a branch in their path. */
function branched(routes: readonly Route[]): Route[] {
  return routes.flatMap((route) => [
    { ...route, url: BASE + route.url },
    { ...route, url: `${BASE}/branch/:branch${route.url}` },
  ]);
}

const workspaceLoads = [
  ['load', 'workspaceLoad'],
  ['load-clone', 'workspaceLoadClone'],
  ['input-mapping-load', 'workspaceInputMappingLoad'],
  ['table-export', 'workspaceTableExport'],
  ['objects/batch-delete', 'workspaceBatchDeleteObjects'],
] as const;

const workspaceRoutes: readonly Route[] = [
  { method: 'GET', url: '/workspaces', name: 'workspaces', handler: listWorkspaces },
  { method: 'POST', url: '/workspaces', name: 'workspaceCreate', handler: createWorkspace },
  { method: 'GET', url: '/workspaces/:workspace', name: 'workspace', handler: showWorkspace },
  { method: 'DELETE', url: '/workspaces/:workspace', name: 'workspaceDelete', handler: deleteWorkspace },
  { method: 'POST', url: '/workspaces/:workspace/unload', name: 'workspaceLoad', handler: unloadWorkspace },
  ...workspaceLoads.map(([path, operation]): Route => ({
    ...{ method: 'POST', url: `/workspaces/:workspace/${path}`, name: 'workspaceLoad' },
    handler: (call) => loadWorkspace(call, operation),
  })),
];

/** What Storage answers about buckets, tables, files and everything that takes it longer. */
export const storageRoutes: readonly Route[] = [
  { method: 'GET', url: `${BASE}/jobs`, name: 'storageJobs', handler: listStorageJobs },
  { method: 'GET', url: `${BASE}/jobs/:id`, name: 'storageJob', handler: readStorageJob },
  ...branched(workspaceRoutes),
];

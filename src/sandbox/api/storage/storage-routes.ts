import type { Route } from '../route.js';
import { createBucket, deleteBucket, listBuckets, showBucket } from './buckets.js';
import { createDevBranch, deleteDevBranch, listDevBranches, showDevBranch } from './dev-branches.js';
import { createEvent, listEvents, showEvent } from './events.js';
import { deleteFile, listFiles, prepareUpload, refreshUpload, showFile } from './files.js';
import { providerRoutes } from './providers/provider-routes.js';
import { listStorageJobs, readStorageJob } from './storage-jobs.js';
import { createTable, defineTable } from './table-create.js';
import { deleteRows, exportTable, importTable } from './table-jobs.js';
import { deleteTable, listTables, listTablesOfBucket, previewTable, showTable } from './tables.js';
import {
  createWorkspace,
  deleteWorkspace,
  listWorkspaces,
  loadWorkspace,
  showWorkspace,
  unloadWorkspace,
} from './workspaces.js';

const BASE = '/v2/storage';

/** Storage has most of its routes with and without a branch in the path. */
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
    method: 'POST',
    url: `/workspaces/:workspace/${path}`,
    name: 'workspaceLoad',
    handler: (call) => loadWorkspace(call, operation),
  })),
];

const tableRoutes: readonly Route[] = [
  { method: 'GET', url: '/buckets', name: 'buckets', handler: listBuckets },
  { method: 'POST', url: '/buckets', name: 'bucketCreate', handler: createBucket },
  { method: 'GET', url: '/buckets/:bucket', name: 'bucket', handler: showBucket },
  { method: 'DELETE', url: '/buckets/:bucket', name: 'bucketDelete', handler: deleteBucket },
  { method: 'GET', url: '/buckets/:bucket/tables', name: 'tables', handler: listTablesOfBucket },
  { method: 'POST', url: '/buckets/:bucket/tables-async', name: 'tableCreate', handler: createTable },
  { method: 'POST', url: '/buckets/:bucket/tables-definition', name: 'tableCreate', handler: defineTable },
  { method: 'GET', url: '/tables', name: 'tables', handler: listTables },
  { method: 'GET', url: '/tables/:table', name: 'table', handler: showTable },
  { method: 'DELETE', url: '/tables/:table', name: 'tableDelete', handler: deleteTable },
  { method: 'GET', url: '/tables/:table/data-preview', name: 'preview', handler: previewTable },
  { method: 'POST', url: '/tables/:table/import-async', name: 'tableImport', handler: importTable },
  { method: 'POST', url: '/tables/:table/export-async', name: 'tableExport', handler: exportTable },
  { method: 'DELETE', url: '/tables/:table/rows', name: 'rowsDelete', handler: deleteRows },
];

const fileRoutes: readonly Route[] = [
  { method: 'POST', url: '/files/prepare', name: 'filePrepare', handler: prepareUpload },
  { method: 'GET', url: '/files', name: 'files', handler: listFiles },
  { method: 'GET', url: '/files/:file', name: 'file', handler: showFile },
  { method: 'PUT', url: '/files/:file/refresh', name: 'fileRefresh', handler: refreshUpload },
  { method: 'DELETE', url: '/files/:file', name: 'fileDelete', handler: deleteFile },
];

const eventRoutes: readonly Route[] = [
  { method: 'GET', url: '/events', name: 'events', handler: listEvents },
  { method: 'POST', url: '/events', name: 'eventCreate', handler: createEvent },
  { method: 'GET', url: '/events/:event', name: 'event', handler: showEvent },
  { method: 'GET', url: '/tables/:table/events', name: 'events', handler: listEvents },
  { method: 'GET', url: '/buckets/:bucket/events', name: 'events', handler: listEvents },
];

/** Storage's routes for jobs, branches, buckets, tables, files, events and workspaces. */
export const storageRoutes: readonly Route[] = [
  { method: 'GET', url: `${BASE}/jobs`, name: 'storageJobs', handler: listStorageJobs },
  { method: 'GET', url: `${BASE}/jobs/:id`, name: 'storageJob', handler: readStorageJob },
  { method: 'POST', url: `${BASE}/dev-branches`, name: 'branchCreate', handler: createDevBranch },
  { method: 'GET', url: `${BASE}/dev-branches`, name: 'branches', handler: listDevBranches },
  { method: 'GET', url: `${BASE}/dev-branches/:devBranch`, name: 'branch', handler: showDevBranch },
  { method: 'DELETE', url: `${BASE}/dev-branches/:devBranch`, name: 'branchDelete', handler: deleteDevBranch },
  ...branched([...tableRoutes, ...fileRoutes, ...eventRoutes, ...workspaceRoutes]),
  ...providerRoutes,
];

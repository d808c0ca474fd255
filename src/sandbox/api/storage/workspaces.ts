import type { JsonObject } from '../../json.js';
import { newPassword, workspaceDocument } from '../../storage/workspaces.js';
import type { Workspace } from '../../storage/workspaces.js';
import { storageJobDocument } from '../../documents/storage-job-document.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { storageHolder } from '../call.js';
import type { Call, Holder } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { startOperation, startStorageJob } from './start-storage-job.js';
import { bodyText, isTrue, storageBody, storageWriter } from './storage-call.js';

const BACKENDS = ['snowflake', 'bigquery'];
const UNLOADS_MAX = 100;

/** `POST /v2/storage/workspaces[?async=true]`: only this answer, or the results of its job, has the password. */
export function createWorkspace(call: Call): Answer {
  const holder = storageWriter(call);
  const body = storageBody(call);
  const backend = bodyText(body, 'backend') ?? 'snowflake';
  if (!BACKENDS.includes(backend)) {
    throw new StorageProblem(400, 'storage.workspaces.validation', `Workspace backend "${backend}" is not supported.`);
  }
  const make = (): JsonObject => makeWorkspace(call, holder, backend);
  if (!isTrue(call.query.get('async'))) return { status: 201, json: make() };
  const params = { values: { ...body, backend } };
  return startOperation(call, holder, { name: 'workspaceCreate', params, act: () => ({ results: make() }) });
}

/** `GET /v2/storage/workspaces` */
export function listWorkspaces(call: Call): Answer {
  const { project } = storageHolder(call);
  return ok(
    call.simulation.world.storage.workspaces.ofProject(project).map((workspace) => shown(call.simulation, workspace)),
  );
}

/** `GET /v2/storage/workspaces/{id}` */
export function showWorkspace(call: Call): Answer {
  return ok(shown(call.simulation, ownWorkspace(call, storageHolder(call))));
}

/** `DELETE /v2/storage/workspaces/{id}[?async=true]` */
export function deleteWorkspace(call: Call): Answer {
  const holder = storageWriter(call);
  const workspace = ownWorkspace(call, holder);
  const { workspaces } = call.simulation.world.storage;
  if (!isTrue(call.query.get('async'))) {
    workspaces.remove(workspace);
    return { status: 204 };
  }
  const act = (): { results: null } => {
    workspaces.remove(workspace);
    return { results: null };
  };
  return startOperation(call, holder, { name: 'workspaceDrop', params: { workspaceId: workspace.id }, act });
}

/** The loads of a workspace: their jobs run and end, although there is no database to fill. */
export function loadWorkspace(call: Call, operation: string): Answer {
  const holder = storageWriter(call);
  const workspace = ownWorkspace(call, holder);
  const body = storageBody(call);
  // A dry run is answered at once.
  if (isTrue(body['dryRun'])) return ok({ tables: [] });
  const params = { workspaceId: workspace.id, ...body };
  return startOperation(call, holder, { name: operation, params, act: () => ({ results: null }) });
}

/** `POST /v2/storage/workspaces/{id}/unload`: the one call that answers a list of jobs. */
export function unloadWorkspace(call: Call): Answer {
  const holder = storageWriter(call);
  const workspace = ownWorkspace(call, holder);
  const { tables } = storageBody(call);
  const asked: unknown[] = Array.isArray(tables) && tables.length > 0 ? tables.slice(0, UNLOADS_MAX) : [null];
  const jobs = asked.map((table) => {
    const params = { workspaceId: workspace.id, ...(table === null ? {} : { table }) };
    return startStorageJob(call, holder, { name: 'workspaceUnload', params, act: () => ({ results: null }) });
  });
  const { documents } = call.simulation;
  return { status: 202, json: jobs.map((job) => storageJobDocument(documents, call.origin, job)) };
}

function makeWorkspace({ simulation, header }: Call, { project, token }: Holder, backend: string): JsonObject {
  const { world } = simulation;
  const workspace: Workspace = {
    id: world.tickets.take(),
    project,
    token,
    backend,
    createdAtMs: world.nowMs,
    runId: header('x-kbc-runid') ?? null,
  };
  world.storage.workspaces.add(workspace);
  const document = shown(simulation, workspace);
  return { ...document, connection: { ...(document['connection'] as JsonObject), password: newPassword() } };
}

function ownWorkspace(call: Call, { project }: Holder): Workspace {
  const { workspace: id = '' } = call.params;
  const found = call.simulation.world.storage.workspaces.find(project, id);
  if (found !== undefined) return found;
  throw new StorageProblem(404, 'workspace.workspaceNotFound', `Workspace "${id}" not found.`);
}

function shown({ documents }: Call['simulation'], workspace: Workspace): JsonObject {
  const created = documents.zone.isoBasic(workspace.createdAtMs);
  return workspaceDocument(workspace, { id: documents.id(workspace.id, 'number'), created });
}

import type { JsonObject } from '../../json.js';
import type { DevBranch } from '../../storage/dev-branches.js';
import type { Effect } from '../../storage/storage-job.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { storageHolder } from '../call.js';
import type { Call, Holder } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { MAIN_BRANCH_ID } from '../../world/queue/queue-job.js';
import { startOperation } from './start-storage-job.js';
import { bodyText, storageBody, storageWriter } from './storage-call.js';

/** `POST /v2/storage/dev-branches`: always a job. */
export function createDevBranch(call: Call): Answer {
  const holder = storageWriter(call);
  const body = storageBody(call);
  const name = bodyText(body, 'name');
  if (name === undefined)
    throw new StorageProblem(400, 'storage.devBranch.validation', 'Invalid data - name: is missing');
  const { world } = call.simulation;
  world.storage.branches.requireFree(holder.project, name);
  const act = (): Effect => {
    const branch: DevBranch = {
      id: world.tickets.take(),
      project: holder.project,
      token: holder.token,
      name,
      createdAtMs: world.nowMs,
      description: bodyText(body, 'description') ?? '',
    };
    world.storage.branches.add(branch);
    return { results: describe(call, branch) };
  };
  return startOperation(call, holder, { name: 'devBranchCreate', params: { values: body }, act });
}

/** `GET /v2/storage/dev-branches`: the main branch included. */
export function listDevBranches(call: Call): Answer {
  const { project } = storageHolder(call);
  const branches = call.simulation.world.storage.branches.ofProject(project);
  return ok([describeMain(call), ...branches.map((branch) => describe(call, branch))]);
}

/** `GET /v2/storage/dev-branches/{id}` */
export function showDevBranch(call: Call): Answer {
  return ok(describe(call, ownBranch(call, storageHolder(call))));
}

/** `DELETE /v2/storage/dev-branches/{id}`: always a job. */
export function deleteDevBranch(call: Call): Answer {
  const holder = storageWriter(call);
  const branch = ownBranch(call, holder);
  const act = (): Effect => {
    call.simulation.world.storage.branches.remove(branch);
    return { results: null };
  };
  return startOperation(call, holder, { name: 'devBranchDelete', params: { devBranchId: branch.id }, act });
}

function ownBranch(call: Call, { project }: Holder): DevBranch {
  const { devBranch: id = '' } = call.params;
  const branch = call.simulation.world.storage.branches.find(project, id);
  if (branch === undefined) throw new StorageProblem(404, 'devBranch.notFound', `Branch id:"${id}" was not found`);
  return branch;
}

function describeMain({ simulation }: Call): JsonObject {
  const id = simulation.documents.id(MAIN_BRANCH_ID, 'number');
  return { id, name: 'Main', description: '', isDefault: true };
}

function describe({ simulation }: Call, branch: DevBranch): JsonObject {
  const { documents } = simulation;
  const { name, description, token } = branch;
  return {
    id: documents.id(branch.id, 'number'),
    name,
    description,
    created: documents.zone.isoBasic(branch.createdAtMs),
    isDefault: false,
    creatorToken: { id: Number(token.id), name: token.description },
  };
}

import { ProjectDisabled, StorageProblem, SyrupProblem } from '../answer/problem.js';
import { QueueProblem } from '../answer/queue-problem.js';
import type { Project, Token } from '../fixture/schema.js';
import type { Mishap } from '../faults/mishap.js';
import type { Simulation } from '../simulation.js';

/** A request as handlers see it, after the world has caught up with the clock. */
export interface Call {
  readonly simulation: Simulation;
  /** The sandbox's own address without a trailing slash, for links in answers. */
  readonly origin: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  /** The body, unparsed; empty for an upload. */
  readonly body: string;
  /** The bytes of an upload. */
  readonly content: Buffer;
  /** What a fault makes go wrong inside the handler. */
  readonly mishap?: Mishap;
}

export interface Holder {
  project: Project;
  token: Token;
}

/** The caller's token, checked before anything else as Syrup does. @throws SyrupProblem 400, 401; ProjectDisabled */
export function syrupHolder(call: Call): Holder {
  const secret = call.header('x-storageapi-token');
  if (secret === undefined || secret === '') throw new SyrupProblem(400, 'Missing StorageAPI token');
  const holder = call.simulation.fixture.holder(secret);
  if (holder === undefined) throw new SyrupProblem(401, 'Invalid StorageApi Token');
  return enabled(holder);
}

/** The caller's token, as Storage checks it. @throws StorageProblem 401; ProjectDisabled */
export function storageHolder(call: Call): Holder {
  const secret = call.header('x-storageapi-token');
  const holder = secret === undefined ? undefined : call.simulation.fixture.holder(secret);
  if (holder === undefined) throw new StorageProblem(401, 'storage.tokenInvalid', 'Invalid access token');
  return enabled(holder);
}

/**
 * The caller's token, as Queue v2 checks it. A bearer token is refused unless a setting allows it: Keboola's sources
 * disagree on which services take one.
 *
 * @throws QueueProblem 401, 403; ProjectDisabled
 */
export function queueHolder(call: Call): Holder {
  const { settings, fixture } = call.simulation;
  const [, bearer] = /^Bearer\s+(\S+)$/i.exec(call.header('authorization') ?? '') ?? [];
  const secret = call.header('x-storageapi-token') ?? (settings.queueBearerTokens ? bearer : undefined);
  if (secret === undefined || secret === '') throw new QueueProblem(401, 'Authentication token is missing');
  const holder = fixture.holder(secret);
  if (holder === undefined) throw new QueueProblem(401, 'Invalid access token');
  if (enabled(holder).project.features.includes('queuev2')) return holder;
  throw new QueueProblem(403, 'Project does not have feature "queuev2" enabled');
}

function enabled(holder: Holder): Holder {
  if (holder.project.disabled !== undefined) throw new ProjectDisabled(holder.project.disabled);
  return holder;
}

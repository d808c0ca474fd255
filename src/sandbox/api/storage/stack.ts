import type { Component, Configuration, Project } from '../../fixture/schema.js';
import type { JsonObject } from '../../json.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { storageHolder } from '../call.js';
import type { Call } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { PARALLEL_LIMIT, parallelLimitOf } from '../../world/admission/parallel-limit.js';

/** The services of every stack; this one server is all of them. */
const SERVICES = ['syrup', 'docker-runner', 'import', 'oauth', 'encryption', 'sync-actions'];
/** The component whose configurations are variables. */
const VARIABLES = 'keboola.variables';
/** Further services of a stack that has Queue v2 projects. */
const QUEUE_SERVICES = ['queue', 'notification'];

/** When the tokens of the fixture were created; an arbitrary day. */
const TOKEN_CREATED_MS = Date.parse('2016-01-04T09:00:00Z');

/** `GET /v2/storage`: what this stack is and where its services are. Needs no token. */
export function showIndex(call: Call): Answer {
  const excluded = listed(call, 'exclude');
  const { components, projects } = call.simulation.fixture;
  const hasQueue = projects.some(({ features }) => features.includes('queuev2'));
  return ok({
    api: 'storage',
    version: 'v2',
    revision: 'sandbox',
    documentation: 'https://keboola.docs.apiary.io/',
    ...(excluded.includes('components') || excluded.includes('componentDetails')
      ? {}
      : { components: components.map((component) => describe(call, component)) }),
    services: [...SERVICES, ...(hasQueue ? QUEUE_SERVICES : [])].map((id) => ({ id, url: call.origin })),
    features: [],
    urlTemplates: {},
  });
}

/** `GET /v2/storage[/branch/{id}]/components`: the components of which the project has configurations. */
export function listComponents(call: Call): Answer {
  const { project } = storageHolder(call);
  const type = call.query.get('componentType');
  const isTrash = ['1', 'true'].includes(call.query.get('isDeleted') ?? '');
  const { components } = call.simulation.fixture;
  const shown = isTrash ? [] : components.filter((component) => type === null || component.type === type);
  return ok(
    shown.flatMap((component) => {
      const configurations = project.configurations.filter((item) => item.component === component.id);
      return configurations.length === 0
        ? []
        : [{ ...describe(call, component), ...included(call, project, configurations) }];
    }),
  );
}

/** `GET /v2/storage/components/{id}`: one component, without a token. */
export function showComponent(call: Call): Answer {
  const { component: id = '' } = call.params;
  const component = call.simulation.fixture.component(id);
  if (component === undefined) {
    throw new StorageProblem(404, 'storage.components.notFound', `Component ${id} not found`);
  }
  return ok(describe(call, component));
}

/** `GET /v2/storage[/branch/{id}]/components/{id}/configs/{id}/rows`. */
export function listRows(call: Call): Answer {
  const { component, config } = call.params;
  const { project } = storageHolder(call);
  if (component === VARIABLES) return ok(valueRows(project, config));
  const found = project.configurations.find((one) => one.component === component && one.id === config);
  if (found === undefined) {
    throw new StorageProblem(404, 'storage.components.configurations.notFound', `Configuration ${config} not found`);
  }
  return ok(found.rows.map(describeRow));
}

/** Keboola stores the values of variables as rows of a separate configuration. @throws StorageProblem 404 */
function valueRows({ configurations }: Project, config: string | undefined): JsonObject[] {
  const owner = configurations.find(({ id, variables }) => variables !== undefined && variablesIdOf(id) === config);
  if (owner?.variables === undefined) {
    throw new StorageProblem(404, 'storage.components.configurations.notFound', `Configuration ${config} not found`);
  }
  return Object.keys(owner.variables.values).map((id) => describeRow({ id, isDisabled: false }));
}

function variablesIdOf(configId: string): string {
  return `variables-of-${configId}`;
}

/** `GET /v2/storage/tokens/verify`. Masks the secret, which Keboola sends back. */
export function verifyToken(call: Call): Answer {
  const { project, token } = storageHolder(call);
  const { zone } = call.simulation.documents;
  const isWriter = token.role !== 'readOnly';
  return ok({
    id: token.id,
    token: `${project.id}-${token.id}-****`,
    description: token.description,
    created: zone.isoBasic(TOKEN_CREATED_MS),
    expires: null,
    isExpired: false,
    isDisabled: false,
    isMasterToken: token.role !== 'none',
    canManageBuckets: isWriter,
    canManageTokens: isWriter,
    canReadAllFileUploads: true,
    canPurgeTrash: isWriter,
    canCreateJobs: isWriter && token.canCreateJobs,
    bucketPermissions: {},
    componentAccess: token.components ?? [],
    creatorToken: null,
    ...(token.role === 'none'
      ? {}
      : { admin: { id: Number(token.id), name: token.description, features: [], role: token.role } }),
    organization: { id: String(project.id) },
    owner: {
      id: project.id,
      name: project.name,
      type: 'production',
      region: 'us-east-1',
      created: zone.isoBasic(TOKEN_CREATED_MS),
      features: project.features,
      limits: shownLimits(call, project),
      defaultBackend: 'snowflake',
      fileStorageProvider: call.simulation.settings.fileProvider,
    },
  });
}

/** The limits of the fixture, with the parallel limit that applies now. */
function shownLimits({ simulation }: Call, project: Project): JsonObject {
  const { [PARALLEL_LIMIT]: _stored, ...others } = project.limits;
  const parallel = parallelLimitOf(simulation.settings, project);
  const limits = parallel === undefined ? others : { ...others, [PARALLEL_LIMIT]: parallel };
  return Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, { name, value }]));
}

/** `POST /v2/storage/tickets`: the next number of the sequence that job ids and run ids come from. */
export function takeTicket(call: Call): Answer {
  storageHolder(call);
  const { documents, world } = call.simulation;
  return { status: 201, json: { id: documents.id(world.tickets.take(), 'text') } };
}

function describe(call: Call, component: Component): JsonObject {
  const { id, kind, hasRun, type, name, description, data, flags } = component;
  return {
    id,
    type,
    name,
    description,
    longDescription: null,
    hasUI: true,
    hasRun,
    ico32: '',
    ico64: '',
    data,
    flags,
    configurationSchema: {},
    emptyConfiguration: {},
    configurationDescription: null,
    uri: `${call.origin}/${kind === 'docker' ? `docker/${id}` : id}`,
  };
}

function included(call: Call, project: Project, configurations: Configuration[]): JsonObject {
  const wanted = listed(call, 'include');
  if (!wanted.includes('configuration')) return {};
  const owner = project.tokens[0];
  const creatorToken = { id: Number(owner?.id), description: owner?.description };
  return {
    configurations: configurations.map((item) => ({
      id: item.id,
      name: item.name ?? item.id,
      description: item.description,
      created: call.simulation.documents.zone.isoBasic(Date.parse(item.created)),
      creatorToken,
      version: item.version,
      changeDescription: item.changeDescription,
      ...contentOf(item),
      ...(wanted.includes('rows') ? { rows: item.rows.map(describeRow) } : {}),
      ...(wanted.includes('state') ? { state: {} } : {}),
    })),
  };
}

/** The content of a configuration, if any; its variables are in another configuration, named after it. */
function contentOf({ id, configuration, variables }: Configuration): JsonObject {
  if (variables === undefined && Object.keys(configuration).length === 0) return {};
  const { defaultValuesId } = variables ?? {};
  return {
    configuration: {
      ...configuration,
      ...(variables !== undefined && { variables_id: variablesIdOf(id) }),
      ...(defaultValuesId !== undefined && { variables_values_id: defaultValuesId }),
    },
  };
}

function describeRow({
  id,
  name,
  isDisabled,
}: Pick<Configuration['rows'][number], 'id' | 'name' | 'isDisabled'>): JsonObject {
  return { id, name: name ?? id, description: '', isDisabled, version: 1, configuration: {}, state: {} };
}

function listed(call: Call, name: string): string[] {
  return call.query.getAll(name).flatMap((text) => text.split(','));
}

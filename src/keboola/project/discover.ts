import { SettingsError } from '../../input/settings-error.js';
import type { Connection } from '../connection/connection.js';
import { DIALECT_NAMES, type Dialect } from '../connection/dialect.js';
import type { Sender } from '../http/exchange.js';
import { NoJobApi } from './no-job-api.js';
import type { ProjectFacts } from './project.js';
import { readStackIndex, type NamedServices } from './stack-index.js';

/** The addresses of a dialect's services. */
export interface Services {
  /** Where jobs are created and read. */
  jobs: URL;
  /** The service for synchronous actions, if the stack has a separate one. */
  actions?: URL;
  /** Why that service cannot be used, although the stack names one. */
  noActions?: string;
}

/** The dialect and the services that a connection leads to. */
export interface Discovery {
  dialect: Dialect;
  services: Services;
}

/** A project with this feature has left Syrup: Keboola's own tools decide by it (keboola/storage-api-php-client). */
const QUEUE_V2_FEATURE = 'queuev2';

/** The ids of each dialect's services in the stack's index; not every stack has one for actions. */
const SERVICES: Record<Dialect, { jobs: string; actions: string }> = {
  syrup: { jobs: 'syrup', actions: 'docker-runner' },
  queue: { jobs: 'queue', actions: 'sync-actions' },
};

/**
 * Decides, in this one place, which dialect a project speaks and where.
 *
 * @throws SettingsError if the index names a host outside of the stack for jobs; NoJobApi if it names no job service of
 * the dialect.
 */
export async function discover(http: Sender, connection: Connection, facts: ProjectFacts): Promise<Discovery> {
  const dialect = dialectOf(connection, facts);
  const named = await readStackIndex(http, connection, SERVICES[dialect]);
  if (named.jobs === undefined) {
    throw new NoJobApi(
      connection.name,
      `project ${facts.id} "${facts.name}" is on ${DIALECT_NAMES[dialect]}, which its stack does not have`,
    );
  }
  return { dialect, services: { jobs: connection.origins.accept(named.jobs), ...actionsOf(connection, named) } };
}

/** An unusable action service counts as none, since jobs run without it. */
function actionsOf({ origins }: Connection, { actions }: NamedServices): Pick<Services, 'actions' | 'noActions'> {
  if (actions === undefined) return {};
  if (actions.url === undefined) return { noActions: "Keboola's index names it without an address." };
  try {
    return { actions: origins.accept(actions.url) };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { noActions: error.message };
  }
}

/** The dialect that the connection chooses, else the one that the token's project is on. */
export function dialectOf({ api }: Connection, facts: ProjectFacts): Dialect {
  return api ?? ownDialect(facts);
}

/** Why the project will refuse all jobs, if the connection chooses another dialect than the project's. */
export function apiWarning({ api }: Connection, facts: ProjectFacts): string | undefined {
  const own = ownDialect(facts);
  if (api === undefined || api === own) return undefined;
  return `The connection says "api": "${api}", and the project is on ${DIALECT_NAMES[own]}: leave it out.`;
}

function ownDialect({ features = [] }: ProjectFacts): Dialect {
  return features.includes(QUEUE_V2_FEATURE) ? 'queue' : 'syrup';
}

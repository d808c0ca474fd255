import { SettingsError } from '../../input/settings-error.js';
import type { Connection } from '../connection/connection.js';
import { DIALECT_NAMES, type Dialect } from '../connection/dialect.js';
import type { Sender } from '../http/exchange.js';
import { NoJobApi } from './no-job-api.js';
import type { ProjectFacts } from './project.js';
import { readStackIndex, type NamedServices } from './stack-index.js';

/** Where the services of a dialect are. */
export interface Services {
  /** Where jobs are made and read. */
  jobs: URL;
  /** Synchronous actions, where the stack has a service for them alone. */
  actions?: URL;
  /** Why there is none that can be used, where the stack names one. */
  noActions?: string;
}

/** What a connection leads to. */
export interface Discovery {
  dialect: Dialect;
  services: Services;
}

/** A project with it has left Syrup: so Keboola's own tools told the two apart (keboola/storage-api-php-client). */
const QUEUE_V2_FEATURE = 'queuev2';

/** How the stack's index names the services of each; not every stack has one for actions alone. */
const SERVICES: Record<Dialect, { jobs: string; actions: string }> = {
  syrup: { jobs: 'syrup', actions: 'docker-runner' },
  queue: { jobs: 'queue', actions: 'sync-actions' },
};

/**
 * Which dialect a project speaks and where: the one place that decides it.
 *
 * @throws SettingsError when the index names a host outside of the stack for jobs; NoJobApi when it names no service of the dialect.
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

/** One that cannot be used is as none: jobs run without it. */
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

/** By what the token says of its project, unless the connection says it. */
export function dialectOf({ api }: Connection, facts: ProjectFacts): Dialect {
  return api ?? ownDialect(facts);
}

/** Why the project will refuse all jobs, where the connection says another dialect than it has. */
export function apiWarning({ api }: Connection, facts: ProjectFacts): string | undefined {
  const own = ownDialect(facts);
  if (api === undefined || api === own) return undefined;
  return `The connection says "api": "${api}", and the project is on ${DIALECT_NAMES[own]}: leave it out.`;
}

function ownDialect({ features = [] }: ProjectFacts): Dialect {
  return features.includes(QUEUE_V2_FEATURE) ? 'queue' : 'syrup';
}

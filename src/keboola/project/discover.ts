import type { Connection } from '../connection/connection.js';
import type { Sender } from '../http/exchange.js';
import type { ProjectFacts } from './project.js';
import { QueueV2Project } from './queue-v2-project.js';
import { readStackIndex } from './stack-index.js';

/** The generations of Keboola's job APIs that are spoken; each has its adapters in a folder of that name. */
export type Dialect = 'syrup';

/** Where the services of a dialect are. */
export interface Services {
  /** Where jobs are made and read. */
  jobs: URL;
  /** Synchronous actions. */
  actions: URL;
}

/** What a connection leads to. */
export interface Discovery {
  dialect: Dialect;
  services: Services;
}

/** A project with it has left Syrup: so Keboola's own tools told the two apart (keboola/storage-api-php-client). */
const QUEUE_V2_FEATURE = 'queuev2';

/**
 * Which dialect a project speaks and where: the one place that decides it.
 *
 * @throws SettingsError when the index names a host outside of the stack; QueueV2Project when there is no dialect that we
 * speak.
 */
export async function discover(http: Sender, connection: Connection, facts: ProjectFacts): Promise<Discovery> {
  const dialect = dialectOf(connection, facts);
  const index = await readStackIndex(http, connection);
  const find = (wanted: string): string | undefined => index.find(({ id }) => id === wanted)?.url;
  const jobs = find('syrup');
  if (jobs === undefined) throw new QueueV2Project(connection.name, 'its stack has no Syrup service');
  // Not every stack has a service for actions alone.
  const actions = find('docker-runner') ?? jobs;
  return { dialect, services: { jobs: connection.origins.accept(jobs), actions: connection.origins.accept(actions) } };
}

/** By what the token says of its project alone. @throws QueueV2Project. */
export function dialectOf({ name: connection }: Connection, { id, name, features = [] }: ProjectFacts): Dialect {
  if (!features.includes(QUEUE_V2_FEATURE)) return 'syrup';
  throw new QueueV2Project(connection, `project ${id} "${name}" has the feature "${QUEUE_V2_FEATURE}"`);
}

import type { WatchRequest } from '../../job/watch/watch-request.js';
import { OtherProject } from '../../keboola/connection/errors.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import type { Keboola } from '../../keboola/keboola.js';
import { SettingsError } from '../../input/settings-error.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';

/**
 * The project of a watch by a connection that leads there: the one by which it was started, or any other one of this worker,
 * since several connections to a project have one watch.
 *
 * @throws UnknownConnection, OtherProject where none does; else as `keboolaOf`.
 */
export async function watchedKeboola(deps: ActivityDeps, request: WatchRequest): Promise<Keboola> {
  try {
    requireStack(request, deps.connections.get(request.connection));
    return await keboolaOf(deps, request);
  } catch (error) {
    const other = leadsNowhere(error) ? await byAnother(deps, request) : undefined;
    if (other) return other;
    throw error;
  }
}

/** Projects of two stacks may have the same id. @throws OtherProject. */
function requireStack({ connection, stack, project }: WatchRequest, keboola: Keboola): void {
  const here = keboola.connection.stack;
  if (stack === undefined || here === stack) return;
  throw new OtherProject(`Connection "${connection}" leads to ${here} here, and project ${project} is one of ${stack}`);
}

/** Other failures pass, and to try all connections then would be many requests for nothing. */
function leadsNowhere(error: unknown): boolean {
  return error instanceof SettingsError || (error instanceof KeboolaError && error.kind === 'unauthorized');
}

async function byAnother({ connections }: ActivityDeps, request: WatchRequest): Promise<Keboola | undefined> {
  const { connection, stack, project } = request;
  for (const keboola of connections.all()) {
    const { name, isWatched } = keboola.connection;
    if (name === connection || keboola.connection.stack !== stack || !isWatched) continue;
    try {
      await keboola.requireProject(project);
      return keboola;
    } catch (error) {
      if (!leadsNowhere(error)) throw error;
    }
  }
  return undefined;
}

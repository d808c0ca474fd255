import type { InProject } from '../job/run-plan.js';
import type { Keboola } from '../keboola/keboola.js';
import type { ActivityDeps } from './deps.js';

/**
 * The project that a job is in, by the connection that led there when the job was planned.
 *
 * @throws UnknownConnection; OtherProject where it leads elsewhere now: that a job is not there would be taken for its end.
 */
export async function keboolaOf(
  { connections }: Pick<ActivityDeps, 'connections'>,
  { connection, project }: InProject,
): Promise<Keboola> {
  const keboola = connections.get(connection);
  await keboola.requireProject(project);
  return keboola;
}

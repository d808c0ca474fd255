import type { InProject } from '../job/run-plan.js';
import type { Keboola } from '../keboola/keboola.js';
import type { ActivityDeps } from './deps.js';

/**
 * The project of a job, through the connection that led there when the job was planned.
 *
 * @throws UnknownConnection; OtherProject if the connection now leads to another project: that the job is missing there
 *   would look like its end.
 */
export async function keboolaOf(
  { connections }: Pick<ActivityDeps, 'connections'>,
  { connection, project }: InProject,
): Promise<Keboola> {
  const keboola = connections.get(connection);
  await keboola.requireProject(project);
  return keboola;
}

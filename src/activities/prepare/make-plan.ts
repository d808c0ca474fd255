import type { RunPlan } from '../../job/run-plan.js';
import type { ResolvedPolicy } from '../../input/with-defaults.js';
import type { ActivityDeps } from '../deps.js';
import { searchAttributesReady } from '../search-attributes-ready.js';

type About = Pick<RunPlan, 'component' | 'config' | 'made' | 'foreignJobs' | 'delayMs' | 'mayStartAtMs' | 'warnings'>;

/**
 * Completes a checked input with what Keboola says about the project.
 *
 * @throws KeboolaError, NoJobApi, SettingsError.
 */
export async function makePlan(deps: ActivityDeps, policy: ResolvedPolicy, about: About): Promise<RunPlan> {
  const {
    connection,
    parentRunId,
    queueTimeoutMs,
    runTimeoutMs,
    onWarning,
    onTerminated,
    onAmbiguousCreate,
    children,
  } = policy;
  const keboola = deps.connections.get(connection);
  const [{ id, name }, jobs] = await Promise.all([keboola.facts(), keboola.jobs()]);
  const projectLimit = keboola.connection.respectsProjectLimit ? await keboola.parallelLimit.limit() : undefined;
  return {
    connection,
    project: { id, name, jobsPage: jobs.jobsPage(id) },
    ...about,
    ...(parentRunId !== undefined && { parentRunId }),
    ...(projectLimit !== undefined && { projectLimit }),
    ...(queueTimeoutMs !== undefined && { queueTimeoutMs }),
    ...(runTimeoutMs !== undefined && { runTimeoutMs }),
    onWarning,
    onTerminated,
    onAmbiguousCreate,
    children,
    searchAttributes: await searchAttributesReady(deps),
  };
}

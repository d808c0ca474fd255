import type { RunPlan } from '../../job/run-plan.js';
import type { ResolvedPolicy } from '../../input/with-defaults.js';
import type { ActivityDeps } from '../deps.js';
import { searchAttributesReady } from '../search-attributes-ready.js';

type About = Pick<RunPlan, 'component' | 'config' | 'byCall'>;

/** Completes a checked input with what Keboola says of the project. @throws KeboolaError, QueueV2Project, SettingsError. */
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
  const { id, name, jobsParallelism } = await keboola.facts();
  return {
    connection,
    project: { id, name, jobsPage: keboola.connection.jobsPage(id) },
    ...about,
    ...(parentRunId !== undefined && { parentRunId }),
    ...(jobsParallelism !== undefined && keboola.connection.respectsProjectLimit && { projectLimit: jobsParallelism }),
    ...(queueTimeoutMs !== undefined && { queueTimeoutMs }),
    ...(runTimeoutMs !== undefined && { runTimeoutMs }),
    ...{ onWarning, onTerminated, onAmbiguousCreate, children },
    searchAttributes: await searchAttributesReady(deps),
  };
}

import type { RunPlan } from '../../job/run-plan.js';
import { STORAGE } from '../../job/storage/system.js';
import type { ActivityDeps } from '../deps.js';
import { searchAttributesReady } from '../search-attributes-ready.js';

export interface WantedPlan {
  connection: string;
  /** What the call concerns, for people and lists. */
  target: string;
  parentRunId?: string | undefined;
  /** Sending the same call twice has the same effect as sending it once. */
  isRepeatable: boolean;
}

/** The plan of a Storage call, made before anything is asked of Storage. @throws KeboolaError, SettingsError. */
export async function storagePlan(deps: ActivityDeps, wanted: WantedPlan): Promise<RunPlan> {
  const { connection, target, parentRunId, isRepeatable } = wanted;
  const { id, name } = await deps.connections.get(connection).facts();
  return {
    connection,
    project: { id, name },
    component: STORAGE,
    made: { by: STORAGE },
    config: target,
    ...(parentRunId !== undefined && { parentRunId }),
    onWarning: 'accept',
    onTerminated: 'cancel',
    onAmbiguousCreate: isRepeatable ? 'recreate' : 'fail',
    children: 'ignore',
    onCancel: 'leave',
    searchAttributes: await searchAttributesReady(deps),
  };
}

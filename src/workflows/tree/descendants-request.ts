import { workflowInfo } from '@temporalio/workflow';
import { treePlaceGuard } from '../../job/carried/life-guard.js';
import type { LifeState } from '../../job/life-state.js';
import type { DescendantsRequest } from '../../job/tree/descendants.js';
import { TREE_MEMO, type TreePlace } from '../../job/tree/descendants-state.js';
import { isAskedToBeBrief } from '../show/brief-if-asked.js';

/** Which jobs a look has to find besides our own. */
export function descendantsRequest({ runIds, plan }: LifeState, look: DescendantsRequest['look']): DescendantsRequest {
  const { depth, runIds: treeRunIds } = treePlace(runIds);
  const jobsPage = plan?.project.jobsPage;
  return {
    look,
    runIds,
    ...(depth > 0 && { treeRunIds }),
    ...(isAskedToBeBrief() && { brief: true }),
    ...(jobsPage !== undefined && { jobsPage }),
  };
}

/** The place of our job in its tree; `runIds` are the job's own. */
export function treePlace(runIds: readonly string[]): TreePlace {
  const place = workflowInfo().memo?.[TREE_MEMO];
  const isPlace = place !== undefined && treePlaceGuard(place, '') === undefined;
  return isPlace ? (place as TreePlace) : { runIds, depth: 0 };
}

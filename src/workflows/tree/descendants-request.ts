import type { DescendantsRequest } from '../../job/tree/descendants.js';
import { isAskedToBeBrief } from '../show/brief-if-asked.js';
import type { JobLife } from '../job-life.js';
import { treePlace } from './observe-children.js';

/** Which jobs a look is to look for, besides our own. */
export function descendantsRequest(life: JobLife, look: DescendantsRequest['look']): DescendantsRequest {
  const { depth, runIds: treeRunIds } = treePlace(life);
  const { jobsPage } = life.plan.project;
  return {
    look,
    runIds: life.state.runIds,
    ...(depth > 0 && { treeRunIds }),
    ...(isAskedToBeBrief() && { brief: true }),
    ...(jobsPage !== undefined && { jobsPage }),
  };
}

import type { FamilyOrder } from '../../job/tree/family.js';
import { isAskedToBeBrief } from '../show/brief-if-asked.js';
import type { JobLife } from '../job-life.js';
import { treePlace } from './observe-children.js';

/** Which jobs a look is to look for, besides our own. */
export function familyOrder(life: JobLife, look: FamilyOrder['look']): FamilyOrder {
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

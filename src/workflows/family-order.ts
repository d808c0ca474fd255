import { BRIEF_TREE_BYTES_MAX, TREE_BYTES_MAX, type FamilyOrder } from '../job/tree/family.js';
import { isAskedToBeBrief } from './brief-if-asked.js';
import type { JobLife } from './job-life.js';
import { treePlace } from './observe-children.js';

/** Which jobs a look is to look for, besides our own. */
export function familyOrder(life: JobLife, look: FamilyOrder['look']): FamilyOrder {
  return {
    look,
    runIds: life.state.runIds,
    treeRunIds: treePlace(life).runIds,
    results: 'when-complete',
    bytesMax: isAskedToBeBrief() ? BRIEF_TREE_BYTES_MAX : TREE_BYTES_MAX,
  };
}

import { describe, expect, it } from 'vitest';
import { goesOnAfter } from '../../../src/activities/pipeline/goes-on-after.js';
import { PIPELINE_MEMO } from '../../../src/job/pipeline/result.js';

/** All is told by the memo: Temporal is not asked. */
const unasked = undefined as never;

const VIEW = { name: 'nested', status: 'cancelled', rootRunId: '', phases: [] };

describe('of a nested pipeline that was canceled', () => {
  it.each([
    ['may go on', 'cannot be read', { nonsense: true }, true],
    ['may go on', 'leaves out tasks', { ...VIEW, truncated: true }, true],
    ['does not go on', 'names no task that could', VIEW, false],
  ])('what it has started %s where its view %s', async (_, __, view, goesOn) => {
    const canceled = {
      workflowId: 'p/sub',
      type: 'runPipeline',
      startTime: new Date(),
      memo: { [PIPELINE_MEMO]: view },
    };
    expect(await goesOnAfter(unasked, canceled)).toBe(goesOn);
  });
});

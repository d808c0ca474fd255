import type { PipelineInput } from '../../job/pipeline/input.js';
import type { PipelineCheck } from '../../job/pipeline/plan.js';
import { isNoAnswer } from '../../job/failure/no-answer.js';
import { NOTHING_STARTED } from '../../job/wait/outage-words.js';
import { checkPipeline } from '../activities.js';
import { checkedBy } from '../prepare/checked-by.js';
import { bearOutage } from '../wait/bear-outage.js';
import { isLong } from '../continue-as-new.js';
import type { PipelineLife } from './pipeline-life.js';

/**
 * Has an activity check a pipeline, as patiently as a job is prepared. A cancellation ends it at once.
 *
 * @throws ApplicationFailure `TokenRefused` after an hour, `KeboolaUnreachable` after a day, and what the check throws.
 */
export async function checkUntilAnswered(life: PipelineLife, input: PipelineInput): Promise<PipelineCheck> {
  // Unbounded in count, bounded in time by `bearOutage`.
  for (;;) {
    if (isLong(life)) await life.continueAsNew();
    const check = await checkedBy(checkPipeline, input);
    if (!isNoAnswer(check)) return check;
    await life.time.sleep(bearOutage(life, check, NOTHING_STARTED), { summary: 'Ask again: Keboola has not answered' });
  }
}

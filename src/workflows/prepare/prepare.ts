import { log } from '@temporalio/workflow';
import { isNoAnswer, type NoAnswer } from '../../job/failure/no-answer.js';
import type { RunPlan } from '../../job/run-plan.js';
import { writtenOutInLine } from '../../job/text/written-out.js';
import type { JobLife } from '../job-life.js';
import { askUntilAnswered } from '../wait/ask-until-answered.js';

/**
 * Takes in the plan of a job, and returns what has come with it. New jobs are as patient as those that wait.
 *
 * @throws ApplicationFailure `TokenRefused`, `KeboolaUnreachable`, `JobTimedOut`; whatever `ask` throws.
 */
export async function prepare<Answer extends { plan: RunPlan }>(
  life: JobLife,
  ask: () => Promise<Answer | NoAnswer>,
): Promise<Answer> {
  let askedMs = life.time.now();
  const answer = await askUntilAnswered(life, () => {
    askedMs = life.time.now();
    return ask();
  });
  life.planned(answer.plan, askedMs);
  for (const warning of answer.plan.warnings ?? []) log.warn(writtenOutInLine(warning));
  return answer;
}

/** As `prepare`, where nothing comes with the plan. */
export async function preparePlan(life: JobLife, ask: () => Promise<RunPlan | NoAnswer>): Promise<void> {
  await prepare(life, async () => {
    const plan = await ask();
    return isNoAnswer(plan) ? plan : { plan };
  });
}

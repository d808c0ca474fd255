import { log } from '@temporalio/workflow';
import { isNoAnswer, type NoAnswer } from '../../job/failure/no-answer.js';
import type { RunPlan } from '../../job/run-plan.js';
import { writtenOutInLine } from '../../job/text/written-out.js';
import type { JobLife } from '../job-life.js';
import { askUntilAnswered } from '../wait/ask-until-answered.js';
import type { FastActivity } from '../wait/while-fast.js';
import { checkedBy } from './checked-by.js';

/**
 * Has an activity check an author's input, takes in the plan of the job, and returns the activity's answer. New jobs
 * are as patient here as jobs that wait.
 *
 * @throws ApplicationFailure `TokenRefused`, `KeboolaUnreachable`, `JobTimedOut`; whatever the activity throws.
 */
export async function prepare<Input, Answer extends { plan: RunPlan }>(
  life: JobLife,
  by: FastActivity<Input, Answer | NoAnswer>,
  input: Input,
): Promise<Answer> {
  let askedMs = life.time.now();
  const answer = await askUntilAnswered(life, () => {
    askedMs = life.time.now();
    return askedOnce(life, by, input);
  });
  life.takePlan(answer.plan, askedMs);
  for (const warning of answer.plan.warnings ?? []) log.warn(writtenOutInLine(warning));
  return answer;
}

/** Has an activity check an author's input, whatever it answers. @throws whatever the activity throws. */
export function askedOnce<Input, Answer>(
  life: JobLife,
  by: FastActivity<Input, Answer>,
  input: Input,
): Promise<Answer> {
  return checkedBy((one) => by(one, { isStorm: life.storm.isStorm }), input);
}

/** Like `prepare`, for an activity that answers with the plan alone. */
export async function preparePlan<Input>(
  life: JobLife,
  by: FastActivity<Input, RunPlan | NoAnswer>,
  input: Input,
): Promise<void> {
  const ask: FastActivity<Input, { plan: RunPlan } | NoAnswer> = (one, how) =>
    by(one, how).then((plan) => (isNoAnswer(plan) ? plan : { plan }));
  await prepare(life, ask, input);
}

import { whatToRun, type WhatToCreate } from '../job/create/creation.js';
import type { RunJobInput } from '../job/input.js';
import { mayBeReplaced } from '../job/life-state.js';
import type { NoAnswer } from '../job/failure/no-answer.js';
import type { JobResult } from '../job/result.js';
import type { RunPlan } from '../job/run-plan.js';
import { prepareRun } from './activities.js';
import { answerMessages } from './answer-messages.js';
import { createOnce } from './create/create-once.js';
import { mindForeignJobs } from './create/mind-foreign-jobs.js';
import { finish } from './finish.js';
import type { Creation } from './create/creation-attempt.js';
import { jobCreation } from './create/job-creation.js';
import { JobLife } from './job-life.js';
import { askedOnce, preparePlan } from './prepare/prepare.js';
import { RUN_TIMEOUT_INSTEAD } from './prepare/start-terms.js';
import { liveAndCloseJob } from './live-and-close-job.js';
import { beforeStopAfterReset, orFormerJob } from './close-after-reset.js';
import { tellCreation } from './show/tell-metrics.js';
import { LateJobs } from './stop/late-jobs.js';
import { stopAll } from './stop/stop-all.js';
import { stopUnasked } from './stop/stop-job.js';
import { withLastLook } from './stop/with-last-look.js';
import type { FastActivity } from './wait/while-fast.js';
import { waitForEnd } from './wait/wait-for-end.js';

/**
 * Runs one Keboola job: creates it once, waits for its end through any outage, and stops it for certain when cancelled.
 *
 * @param carried internal: the state that continue-as-new hands on.
 */
export async function runJob(input: RunJobInput, carried?: unknown): Promise<JobResult> {
  return await liveJob(input, carried, { prepare: prepareRun, what: whatToRun });
}

/** How to create a job. */
interface HowToCreate<Input> {
  prepare: FastActivity<Input, RunPlan | NoAnswer>;
  /** Called only once there is a plan: until then an input may be anything. */
  what: (input: Input) => WhatToCreate;
}

/** The whole life of a job that we create. */
export async function liveJob<Input>(input: Input, carried: unknown, how: HowToCreate<Input>): Promise<JobResult> {
  const life = new JobLife(input, carried);
  answerMessages(life);
  const { prepare, what } = how;
  const next = (): Creation => jobCreation(life, what(input));
  return await liveAndCloseJob(life, {
    run: () => orFormerJob(life, next, () => createAndWait(life, next, () => preparePlan(life, prepare, input))),
    onCancel: async () => {
      await beforeStopAfterReset(life, { ask: () => askedOnce(life, prepare, input), sought: next });
      await stopAll(life);
    },
    insteadOfTimeouts: RUN_TIMEOUT_INSTEAD,
  });
}

async function createAndWait(life: JobLife, next: () => Creation, prepared: () => Promise<void>): Promise<JobResult> {
  if (!life.state.plan) await prepared();
  await mindForeignJobs(life, next);
  const lateJobs = new LateJobs(life);
  return await withLastLook(life, lateJobs, () => createUntilTaken(life, next, lateJobs));
}

async function createUntilTaken(life: JobLife, next: () => Creation, lateJobs: LateJobs): Promise<JobResult> {
  // Ends with the first job that Keboola takes up; `mayBeReplaced` bounds the turns.
  for (;;) {
    await createOnce(life, next);
    const why = await waitForEnd(life, lateJobs);
    const end = why.kind === 'over' ? why.view : await stopUnasked(life, lateJobs);
    if (!mayBeReplaced(life.state, end, why)) return await finish(life, end, why);
    tellCreation('recreated');
    life.jobForgotten();
  }
}

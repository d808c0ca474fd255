import { setTimeout as sleep } from 'node:timers/promises';

/** Less than the plain loop waits for it, and enough to kill a worker on a busy machine. */
const ANSWER_DELAY_MS = 8_000;
const RUNNING_MS = 2_500;

/**
 * What goes wrong, the same for both sides. `script` says how the job of the sandbox goes, `fault` makes a fault of the
 * sandbox for the calls whose body holds the marker of one run, and `strike` gets what can be done to one side: `pressStop`
 * cancels the workflow, `loseWorker` kills the worker with -9 and starts another one a moment later, `jobsCreated` resolves
 * when the sandbox has so many jobs of this run.
 */
export const ACCIDENTS = [
  {
    title: 'the answer is lost',
    script: { durationSeconds: 3 },
    fault: (bodyContains) => ({ route: 'create', bodyContains, reset: 'after' }),
  },
  {
    title: 'stop is pressed',
    script: { durationSeconds: 600 },
    strike: async ({ jobsCreated, pressStop }) => {
      await jobsCreated(1);
      await sleep(RUNNING_MS);
      await pressStop();
    },
  },
  {
    title: 'the worker is killed',
    script: { durationSeconds: 3 },
    // The job is written, the answer is on its way, and then nobody is there to hear it.
    fault: (bodyContains) => ({ route: 'create', bodyContains, delayMs: ANSWER_DELAY_MS, when: 'after' }),
    strike: async ({ jobsCreated, loseWorker }) => {
      await jobsCreated(1);
      await loseWorker();
    },
  },
];

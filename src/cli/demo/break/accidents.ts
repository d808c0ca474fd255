import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultInput, Script } from '../../../sandbox/index.js';

/** What an accident can do to one side. */
export interface Victim {
  /** Cancels the workflow. */
  pressStop: () => Promise<void>;
  /** Kills the worker with -9, and starts another one a moment later. */
  loseWorker: () => Promise<void>;
  /** Resolves when the sandbox has so many jobs of this run. */
  jobsCreated: (count: number) => Promise<void>;
}

/** One thing that goes wrong, the same for both sides. */
export interface Accident {
  title: string;
  script: Script;
  /** Made for the calls whose body holds the marker of one run. */
  fault?: (marker: string) => FaultInput;
  strike?: (victim: Victim) => Promise<void>;
}

const ANSWER_DELAY_MS = 4_000;
const RUNNING_MS = 2_500;

export const ACCIDENTS: readonly Accident[] = [
  {
    title: 'the answer is lost',
    script: { durationSeconds: 3 },
    fault: (bodyContains) => ({ route: 'create', bodyContains, reset: 'after' }),
  },
  {
    title: 'stop is pressed',
    script: { durationSeconds: 600 },
    strike: async ({ jobsCreated, pressStop }: Victim): Promise<void> => {
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
    strike: async ({ jobsCreated, loseWorker }: Victim): Promise<void> => {
      await jobsCreated(1);
      await loseWorker();
    },
  },
];

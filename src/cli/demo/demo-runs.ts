import { setTimeout as sleep } from 'node:timers/promises';
import { NoWorkerError } from '../../client/errors.js';
import type { JobHandle } from '../../client/handles/job-handle.js';
import type { RunJobInput } from '../../job/input.js';

/** What a demo run needs to interfere with its own job. */
export interface Interference {
  handle: JobHandle;
  /** Stops the job in Keboola, as somebody does who knows nothing of Temporal. */
  killInKeboola: (jobId: string) => Promise<void>;
}

/** One job of the demo, and how it should end. */
export interface DemoRun {
  title: string;
  input: RunJobInput;
  /** What Queue v2 runs instead: it has no native applications. */
  inputOnQueue?: RunJobInput;
  /** Name of the failure type, or of the final status when the workflow completes. */
  expected: string;
  interfere?: (interference: Interference) => Promise<void>;
}

const component = 'keboola.ex-http';
const LOOK_MS = 250;
const LOOKS_MAX = 40;

async function stopInTemporal({ handle }: Interference): Promise<void> {
  await untilProcessing(handle);
  await handle.cancel();
}

async function stopInKeboola({ handle, killInKeboola }: Interference): Promise<void> {
  await killInKeboola(await untilProcessing(handle));
}

/** A job that has not begun can be stopped without a trace; one that runs is the harder case. @returns the job id. */
async function untilProcessing(handle: JobHandle): Promise<string> {
  const { jobId } = await handle.created();
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    if ((await statusOf(handle)) === 'processing') break;
    await sleep(LOOK_MS);
  }
  return jobId;
}

/** Undefined if the worker is too busy to answer; the caller asks again. */
async function statusOf(handle: JobHandle): Promise<string | undefined> {
  try {
    return (await handle.snapshot()).job?.status;
  } catch (error) {
    if (error instanceof NoWorkerError) return undefined;
    throw error;
  }
}

/** The main job of the product and every other way in which a job can end. */
export const DEMO_RUNS: readonly DemoRun[] = [
  {
    title: 'a job that works',
    input: { component: 'ex-db', config: 'sampledatabase' },
    inputOnQueue: { component: 'keboola.ex-db-mysql', config: 'success' },
    expected: 'success',
  },
  { title: "a mistake of the user's", input: { component, config: 'user-error' }, expected: 'JobUserError' },
  {
    title: "a fault of the component's",
    input: { component, config: 'application-error' },
    expected: 'JobApplicationError',
  },
  { title: 'a warning, accepted', input: { component, config: 'warning' }, expected: 'warning' },
  {
    title: 'a warning, refused',
    input: { component: 'keboola.wr-google-sheets', config: 'warning', onWarning: 'fail' },
    expected: 'JobWarning',
  },
  {
    title: 'stopped in Temporal',
    input: { component, config: 'slow' },
    expected: 'canceled',
    interfere: stopInTemporal,
  },
  {
    title: 'stopped in Keboola',
    input: { component: 'keboola.ex-db-mysql', config: 'slow' },
    expected: 'canceled',
    interfere: stopInKeboola,
  },
  {
    title: 'a component that is misspelt',
    input: { component: 'keboola.ex-htpp', config: 'success' },
    expected: 'InvalidInput',
  },
  {
    title: 'a longer job',
    input: { component: 'keboola.snowflake-transformation', config: 'medium' },
    expected: 'success',
  },
];

import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { JobApi } from '../../src/keboola/jobs/job-api.js';
import { createClock, startSandbox, type ControlledClock, type Sandbox } from '../../src/sandbox/index.js';
import { connect } from './fake-stack.js';

export const QUEUE_TOKEN = '5555-1-queue';

/** What the tests of a file ask of the sandbox's project on Queue v2, as new for each of them. */
export interface QueueProject {
  readonly sandbox: Sandbox<ControlledClock>;
  readonly jobs: JobApi;
}

/** For the top of a file; time stands still unless a test lets it go on. */
export function useQueueProject(): QueueProject {
  let sandbox: Sandbox<ControlledClock>;
  let jobs: JobApi;
  beforeAll(async () => {
    const clock = createClock({});
    clock.pause();
    sandbox = await startSandbox({ clock });
  });
  beforeEach(async () => {
    sandbox.reset();
    jobs = await connect(sandbox.url, QUEUE_TOKEN).jobs();
  });
  afterAll(() => sandbox.close());
  return {
    get sandbox() {
      return sandbox;
    },
    get jobs() {
      return jobs;
    },
  };
}

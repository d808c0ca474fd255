import { afterAll, beforeAll } from 'vitest';
import { openJobLab, type JobLab, type LabOptions } from './job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from './time-skipping.js';

export interface LeapingLab {
  server: TimeSkippingServer;
  lab: JobLab;
}

/**
 * For the top of a file: a lab on a server of its own that leaps over time, whose sandbox tells the time of that server, so
 * that both live through the same day in seconds. Its parts are there while the tests of the file run.
 */
export function useLeapingLab(options: Pick<LabOptions, 'worker' | 'token'> = {}): LeapingLab {
  const open = {} as LeapingLab;
  beforeAll(async () => {
    const server = await startTimeSkippingServer();
    open.server = server;
    open.lab = await openJobLab(server, { ...options, clock: { now: () => server.now() } });
  });
  afterAll(async () => {
    await open.lab.close();
    await open.server.stop();
  });
  return open;
}

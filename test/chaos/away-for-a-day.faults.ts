import { expect, it } from 'vitest';
import { openJobLab, scripted, settled } from '../support/job-lab.js';
import { startTimeSkippingServer } from '../support/time-skipping.js';

// Takes half a minute: there are more than a thousand looks in a day.
it('a wait gives up after 24 hours without an answer, says that the job may still run, and made one job', async () => {
  const server = await startTimeSkippingServer();
  const lab = await openJobLab(server, { clock: { now: () => server.now() } });
  try {
    const handle = await lab.start(scripted({ durationSeconds: 216_000 }));
    lab.sandbox.faults.add({ route: 'read', times: 100_000, status: 500, json: {} });
    const { error } = await settled(handle);
    const { cause } = error as Error & { cause: Error };
    expect(cause).toMatchObject({ type: 'KeboolaUnreachable', nonRetryable: true });
    expect(cause.message).toContain('may still run');
    expect(lab.sandbox.counters.posts).toBe(1);
  } finally {
    await lab.close();
    await server.stop();
  }
}, 180_000);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { openJobLab, settled, type JobLab } from '../../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../../support/time-skipping.js';

let server: TimeSkippingServer;
let lab: JobLab;

beforeAll(async () => {
  server = await startTimeSkippingServer();
  lab = await openJobLab(server, { clock: { now: () => server.now() } });
});
afterAll(async () => {
  await lab.close();
  await server.stop();
});

/** Somebody waits for a job with this id, and presses stop after a look that was not answered. */
async function endOfStop(input: object, status: number): Promise<unknown> {
  const { id } = lab.sandbox.faults.add({ route: 'read', status, times: 'always' });
  const handle = await lab.start(input, undefined, 'waitForJob');
  await server.withoutLeaps(async () => {
    await eventually(async () => expect(await handle.query<object>('job')).toHaveProperty('note'));
    await handle.cancel();
  });
  const { error } = await settled(handle);
  lab.sandbox.faults.remove(id);
  return (error as Error).cause;
}

describe('a wait that is stopped before it has seen its job', () => {
  it('fails where Keboola does not show the job for 15 minutes: it may still run', async () => {
    const { sandbox } = lab;
    const startedMs = await server.now();
    expect(await endOfStop({ jobId: '186985832', onCancel: 'kill' }, 500)).toMatchObject({
      type: 'KillNotConfirmed',
      message: expect.stringMatching(
        /^Keboola did not show job 186985832 for 15 min, .* may still be running\.$/,
      ) as string,
      details: [{ jobId: '186985832' }],
    });
    expect((await server.now()) - startedMs).toBeGreaterThanOrEqual(15 * 60_000);
    expect(sandbox.counters.killsByJob).toEqual({});
  });
});

import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { livedMs, settled } from '../../support/job-lab.js';
import { useLeapingLab } from '../../support/use-leaping-lab.js';

const open = useLeapingLab();

/** Somebody waits for a job with this id, and presses stop after a look that was not answered. */
async function endOfStop(input: object, status: number): Promise<{ cause: unknown; afterMs: number }> {
  const { id } = open.lab.sandbox.faults.add({ route: 'read', status, times: 'always' });
  const handle = await open.lab.start(input, undefined, 'waitForJob');
  await open.server.withoutLeaps(async () => {
    await eventually(async () => expect(await handle.query<object>('job')).toHaveProperty('note'));
    await handle.cancel();
  });
  const { error } = await settled(handle);
  open.lab.sandbox.faults.remove(id);
  return { cause: (error as Error).cause, afterMs: await livedMs(handle) };
}

describe('a wait that is stopped before it has seen its job', () => {
  it('fails where Keboola does not show the job for 15 minutes: it may still run', async () => {
    const { sandbox } = open.lab;
    const { cause, afterMs } = await endOfStop({ jobId: '186985832', onCancel: 'kill' }, 500);
    expect(cause).toMatchObject({
      type: 'KillNotConfirmed',
      message: expect.stringMatching(
        /^Keboola did not show job 186985832 for 15 min, .* may still be running\.$/,
      ) as string,
      details: [{ jobId: '186985832' }],
    });
    expect(afterMs).toBeGreaterThanOrEqual(15 * 60_000);
    expect(sandbox.counters.killsByJob).toEqual({});
  });
});

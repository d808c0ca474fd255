import { describe, expect, it } from 'vitest';
import { waitForCreatedUpdate } from '../../../src/job/messages.js';
import { DIALECTS } from '../../support/dialects.js';
import { eventually } from '../../support/eventually.js';
import { ON_SYRUP, startElsewhere } from '../../support/foreign-jobs.js';
import { scripted, settled } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const LONG = { durationSeconds: 3_600 };

const lab = useJobLab();

const REST_S = 61;

describe.each(DIALECTS)('a stop on $name while Keboola asks to be left in peace', ({ token }) => {
  const lab = useJobLab({ token });

  it('is proved at once, and asked for once', async () => {
    const handle = await lab.start(scripted(LONG));
    const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
    const reads = lab.sandbox.counters.readsByJob[jobId] ?? 0;
    lab.sandbox.faults.add({ route: 'read', status: 429, headers: { 'retry-after': String(REST_S) }, times: 1 });
    await eventually(() => expect(lab.sandbox.counters.readsByJob[jobId]).toBeGreaterThan(reads));
    const stoppedMs = Date.now();
    await handle.cancel();
    expect((await settled(handle)).error).toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(Date.now() - stoppedMs).toBeLessThan(REST_S * 500);
    expect(lab.sandbox.counters.killsByJob).toEqual({ [jobId]: 1 });
  });
});

it("somebody else's job that the answer to a creation names is not killed, however soon stop is pressed", async () => {
  const jobId = await startElsewhere(lab, ON_SYRUP, { script: LONG });
  const url = `${lab.sandbox.url}/queue/job/${jobId}`;
  lab.sandbox.faults.add({ route: 'create', replaceBody: { id: jobId, url, status: 'waiting' } });
  const handle = await lab.start(scripted(LONG));
  await eventually(() => expect(lab.sandbox.counters.readsByJob[jobId]).toBeGreaterThan(0));
  await handle.cancel();
  await settled(handle);
  expect(Object.keys(lab.sandbox.counters.killsByJob)).toHaveLength(1);
  const open = (await lab.sandbox.jobs()).filter(({ isFinished }) => !isFinished);
  expect(open.map(({ id }) => String(id))).toEqual([jobId]);
});

import { expect, it } from 'vitest';
import { jobQuery } from '../../../src/job/messages.js';
import { eventually } from '../../support/eventually.js';
import { ON_SYRUP, startElsewhere } from '../../support/foreign-jobs.js';
import { scripted } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const LONG = { durationSeconds: 3_600 };

const lab = useJobLab();

it("somebody else's job that the answer to a creation names is not killed, however soon stop is pressed", async () => {
  const jobId = await startElsewhere(lab, ON_SYRUP, { script: LONG });
  const url = `${lab.sandbox.url}/queue/job/${jobId}`;
  lab.sandbox.faults.add({ route: 'create', replaceBody: { id: jobId, url, status: 'waiting' } });
  const handle = await lab.start(scripted(LONG));
  await eventually(() => expect(lab.sandbox.counters.readsByJob[jobId]).toBeGreaterThan(0));
  await handle.cancel();
  await eventually(async () => expect((await handle.query(jobQuery)).note).toContain('is another one'));
  expect(lab.sandbox.counters.killsByJob).toEqual({});
  await handle.terminate('the test is over');
});

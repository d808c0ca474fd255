import { expect, it } from 'vitest';
import { waitForCreatedUpdate, type JobSnapshot } from '../../src/job/messages.js';
import { eventually } from '../support/eventually.js';
import { scripted } from '../support/job-lab.js';
import { useJobLab } from '../support/use-job-lab.js';

const lab = useJobLab();

it('the note of a silence that has just begun speaks of no minutes', async () => {
  const handle = await lab.start(scripted({ durationSeconds: 3_000 }));
  await handle.executeUpdate(waitForCreatedUpdate);
  const fault = lab.sandbox.faults.add({ route: 'read', status: 503, times: 'always' });
  await eventually(async () => {
    const { note } = await handle.query<JobSnapshot>('job');
    expect(note).toMatch(/^Keboola has given no usable answer: /);
  });
  lab.sandbox.faults.remove(fault.id);
  await handle.terminate();
});

import { expect, it } from 'vitest';
import type { JobSnapshot } from '../../../src/job/messages.js';
import { eventually } from '../../support/eventually.js';
import { scripted, settled } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const lab = useJobLab({ watch: true, worker: { maxConcurrentActivityTaskExecutions: 1 } });

it('a worker that does one activity at a time creates and stops jobs although its connection is to be watched', async () => {
  const long = await lab.start(scripted({ durationSeconds: 3_000 }));
  // By then a watcher has been started, and taken its slot.
  await eventually(async () => expect((await long.query<JobSnapshot>('job')).polls).toBeGreaterThan(5));
  const short = await lab.start(scripted({ durationSeconds: 2 }));
  await eventually(async () => {
    expect(await short.query<JobSnapshot>('job')).toMatchObject({ stage: 'closed' });
  });
  const { connections } = await lab.keboola.describeWorker({});
  expect(connections[0]?.watch).toContain('not watched by this worker: it runs one activity at a time');
  expect(await settled(short)).toMatchObject({ result: { status: 'success' } });
  await long.cancel();
  expect((await settled(long)).error).toMatchObject({ message: 'Workflow execution cancelled' });
});

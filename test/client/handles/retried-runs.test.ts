import { expect, it } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { scripted } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const lab = useJobLab();

it("a run that its starter's policy tries again is open, and a cancel by the first one reaches the next one", async () => {
  const workflowId = lab.server.unique('retried');
  const first = await lab.temporal.workflow.start('runJob', {
    workflowId,
    taskQueue: lab.taskQueue,
    args: [scripted({ durationSeconds: 1, status: 'error', error: 'application' })],
    retry: { initialInterval: '20s', backoffCoefficient: 1, maximumAttempts: 5 },
  });
  const runId = first.firstExecutionRunId;
  const former = lab.temporal.workflow.getHandle(workflowId, runId);
  await eventually(async () => expect((await former.describe()).status.name).toBe('FAILED'));
  const handle = lab.keboola.handle(workflowId, runId);
  const { runId: latest, workflowStatus } = await handle.describe();
  expect([latest === runId, workflowStatus]).toEqual([false, 'RUNNING']);
  expect(await handle.cancel()).toBe(true);
  await expect(handle.result()).rejects.toThrow('Canceled');
  expect(lab.sandbox.counters.posts).toBe(1);
  expect(await handle.cancel()).toBe(false);
});

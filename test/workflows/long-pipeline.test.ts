import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PipelineResult } from '../../src/job/pipeline/result.js';
import { isBelow } from '../../src/job/run-id.js';
import { LONG, pipeline, PipelineLab, task } from '../support/pipeline-lab.js';
import { sendSignals } from '../support/send-signals.js';

/** With so many tasks that may be open, half of a history is kept free for them. */
const MAX_PARALLEL = 500;
const SIGNALS = 4_600;

let lab: PipelineLab;

beforeAll(async () => {
  lab = await PipelineLab.open();
});
afterAll(() => lab.close());

it('a pipeline that has outgrown its history goes on in a new run between two phases, and loses nothing', async () => {
  const phases = pipeline([task('a'), task('b', LONG, { continueOnFailure: true })], [task('c')]);
  const { client } = lab.server;
  const { handle } = await lab.lab.keboola.startPipeline(
    { ...phases, maxParallel: MAX_PARALLEL },
    { key: lab.server.unique('long') },
  );
  const { workflowId } = handle;
  const jobId = await lab.jobOf(handle, 'b');
  const signalled = client.workflow.getHandle(workflowId);
  await sendSignals(signalled, 'somethingUnknown', SIGNALS);
  await lab.killInKeboola(jobId);
  const result: PipelineResult = await handle.result();
  expect(result).toMatchObject({
    status: 'warning',
    phases: [
      { tasks: [{ status: 'success' }, { job: { jobId, outcome: 'stopped-by-other' } }] },
      { tasks: [{ status: 'success' }] },
    ],
  });
  const jobs = result.phases.flatMap(({ tasks }) => tasks.map(({ job }) => job?.runId ?? ''));
  for (const runId of jobs) expect(isBelow(runId, result.rootRunId)).toBe(true);
  expect(lab.lab.sandbox.counters.posts).toBe(3);
  const first = await client.workflow.getHandle(workflowId, handle.runId).describe();
  expect(first.status.name).toBe('CONTINUED_AS_NEW');
  const { events } = await signalled.fetchHistory();
  expect(events?.filter((event) => event.startChildWorkflowExecutionInitiatedEventAttributes)).toHaveLength(1);
});

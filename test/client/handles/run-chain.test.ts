import { beforeAll, describe, expect, it } from 'vitest';
import type { JobHandle } from '../../../src/client/handles/job-handle.js';
import { startShortWindedServer } from '../../support/dev-server.js';
import { eventually } from '../../support/eventually.js';
import { scripted } from '../../support/job-lab.js';
import { sendSignals } from '../../support/send-signals.js';
import { endInKeboola, UNTIL_ENDED } from '../../support/until-ended.js';
import { useJobLab } from '../../support/use-job-lab.js';

/** A history of so many events goes on in a new run, as one of some thousand does elsewhere. */
const EVENTS_MAX = 200;
/** So many messages outgrow it at once, as days of waiting do. */
const NUDGES = 250;

const lab = useJobLab({ openServer: () => startShortWindedServer(EVENTS_MAX) });

/** A job whose wait goes on in a second run, and the handle by which its first one was started. */
async function outgrown(): Promise<JobHandle> {
  const { handle } = await lab.keboola.start(scripted({ durationSeconds: 3_000 }));
  await handle.created();
  const first = lab.server.client.workflow.getHandle(handle.workflowId, handle.runId);
  await sendSignals(lab.server.client.workflow.getHandle(handle.workflowId), 'nudge', NUDGES);
  await eventually(async () => expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW'));
  return handle;
}

describe('a wait that goes on in a new run', () => {
  let handle: JobHandle;

  beforeAll(async () => {
    handle = await outgrown();
  });

  it('keeps memo, search attributes and current details, and is one row in a list', async () => {
    const { jobId } = await handle.created();
    const latest = lab.server.client.workflow.getHandle(handle.workflowId);
    const { memo, typedSearchAttributes } = await latest.describe();
    expect(Object.keys(memo ?? {})).toContain('keboolaInputDigest');
    expect(JSON.stringify(typedSearchAttributes)).toContain(jobId);
    const metadata = await latest.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toContain(jobId);
    await eventually(async () => {
      const rows = await lab.keboola.list({ query: `WorkflowId = "${handle.workflowId}"` });
      expect(rows.map(({ workflowStatus }) => workflowStatus)).toEqual(['RUNNING']);
    });
    expect((await lab.keboola.open(jobId)).workflowId).toBe(handle.workflowId);
  });

  it('is reached by the handle of the first: the view, new limits, and stop', async () => {
    const { jobId } = await handle.created();
    expect(await handle.snapshot()).toMatchObject({ stage: 'waiting', job: { jobId } });
    expect(await handle.setTimeouts({ runTimeout: '1h' })).toEqual({ runTimeoutMs: 3_600_000 });
    expect(await handle.cancel()).toBe(true);
    await expect(handle.result()).rejects.toMatchObject({ job: { jobId, outcome: 'killed-by-us' } });
    expect(await handle.cancel()).toBe(false);
    expect(await handle.setTimeouts({})).toBeUndefined();
  });
});

describe('new time limits', () => {
  it('stop a job that is over them already, and say which it was', async () => {
    const { handle } = await lab.keboola.start({ ...scripted({ durationSeconds: 3_000 }), runTimeout: '2h' });
    await handle.created();
    await eventually(async () => expect((await handle.snapshot()).job?.status).toBe('processing'));
    await handle.setTimeouts({ runTimeout: '1s' });
    await expect(handle.result()).rejects.toMatchObject({ type: 'JobTimedOut', job: { status: 'terminated' } });
  });

  it('are refused where they make no sense, and change nothing', async () => {
    const { handle } = await lab.keboola.start(scripted(UNTIL_ENDED));
    const { jobId } = await handle.created();
    const nonsense = { runTimeout: 'soon' } as const;
    await expect(handle.setTimeouts(nonsense)).rejects.toMatchObject({ type: 'InvalidInput' });
    await endInKeboola(lab.sandbox, jobId);
    expect(await handle.result()).toMatchObject({ status: 'success' });
  });
});

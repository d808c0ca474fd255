import { describe, expect, it } from 'vitest';
import { stopDescendants } from '../../../src/activities/stop/stop-descendants.js';
import type { StopDescendantsRequest } from '../../../src/job/remote-steps.js';
import { openActivityLab, spawned, type ActivityLab } from '../../support/activity-lab.js';

const RUN_ID = '915016579194096';

const LONG = { component: 'keboola.ex-http', durationSeconds: 3_600 };

/** A job that runs no longer by itself, and what a sweep of its children is ordered with. */
async function sweptJob({ sandbox, create }: ActivityLab, children: object[]): Promise<StopDescendantsRequest> {
  const { jobId, runId } = await create(RUN_ID, { durationSeconds: 1, children });
  sandbox.clock.advance(60_000);
  return { connection: 'default', project: '1134', jobId, runIds: [RUN_ID, runId] };
}

async function runIdsOf({ sandbox }: ActivityLab, status: string): Promise<string[]> {
  return (await sandbox.jobs()).filter((job) => job.status === status).map(({ runId }) => runId);
}

describe('a round of stopping what lies below a job', () => {
  it('shows the job itself, however many jobs below it have ended', async () => {
    const lab = await openActivityLab();
    const order = await sweptJob(lab, spawned(11, 95));
    expect(await runIdsOf(lab, 'success')).toHaveLength(1 + 11 * 96);
    expect(await lab.run(stopDescendants, order)).toEqual({ kind: 'asked', open: 0, healthy: true });
  });

  it('finds the one that runs behind a thousand that have ended since', async () => {
    const lab = await openActivityLab();
    const order = await sweptJob(lab, [LONG, ...spawned(11, 95)]);
    const running = await runIdsOf(lab, 'processing');
    expect(await lab.run(stopDescendants, order)).toMatchObject({ open: 1 });
    lab.sandbox.clock.advance(10_000);
    expect(running).toEqual(expect.arrayContaining(await runIdsOf(lab, 'terminated')));
    expect(await runIdsOf(lab, 'terminated')).toHaveLength(1);
  });

  it('stops those above before those below them, and says that there are more', async () => {
    const lab = await openActivityLab({ killPropagation: false });
    const order = await sweptJob(lab, [...spawned(4, 90, LONG), { ...LONG, afterSeconds: 5 }]);
    expect(await lab.run(stopDescendants, order)).toEqual({ kind: 'asked', open: 300, healthy: false, more: true });
    lab.sandbox.clock.advance(10_000);
    const stopped = await runIdsOf(lab, 'terminated');
    expect(stopped).toHaveLength(20);
    expect(stopped.filter((runId) => runId.split('.').length === 3)).toHaveLength(1);
  });

  it('takes jobs of other components for those of this one, whatever the job itself has to show', async () => {
    const lab = await openActivityLab({ killPropagation: false });
    const order = await sweptJob(lab, [LONG, LONG]);
    const marks = { component: 'keboola.flow' };
    expect(await lab.run(stopDescendants, { ...order, marks })).toMatchObject({ open: 2 });
    lab.sandbox.clock.advance(10_000);
    expect(await runIdsOf(lab, 'terminated')).toHaveLength(2);
  });

  it('is not sound while the answer lacks the job itself', async () => {
    const lab = await openActivityLab();
    const order = await sweptJob(lab, []);
    lab.sandbox.faults.add({ route: 'list', emptyList: true });
    expect(await lab.run(stopDescendants, order)).toMatchObject({ open: 0, healthy: false });
    expect(await lab.run(stopDescendants, order)).toMatchObject({ open: 0, healthy: true });
  });
});

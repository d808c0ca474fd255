import { describe, expect, it } from 'vitest';
import { scripted, settled } from '../support/job-lab.js';
import { useStubbornLab } from '../support/stubborn-lab.js';

const RECREATED = { ...scripted({ durationSeconds: 3_600 }), onAmbiguousCreate: 'recreate' };

const open = useStubbornLab();

describe('a late job of a creation that was given up', () => {
  /** The job of the first creation comes when the second one is about to be sent, and this one is refused. */
  async function refusedBesideALateOne(onLate: (jobId: string) => void): Promise<{ late: string; cause: unknown }> {
    open.lab.sandbox.faults.add({ route: 'create', reset: 'before' });
    const runIds: string[] = [];
    let late = '';
    open.before(async (activity, { runId = '' }) => {
      if (activity === 'searchJob' && !runIds.includes(runId)) runIds.push(runId);
      if (activity !== 'createJob' || runIds.length === 0 || late !== '') return;
      late = await open.makeJob(runIds[0] ?? '', RECREATED.configData);
      onLate(late);
      open.lab.sandbox.faults.add({ route: 'create', ticketsFail: true, times: 10 });
    });
    const { error } = await settled(await open.lab.start(RECREATED));
    return { late, cause: (error as Error).cause };
  }

  it('is stopped also where the next creation is refused', async () => {
    const { late, cause } = await refusedBesideALateOne(() => undefined);
    expect(cause).toMatchObject({ type: 'CreateRefused', message: expect.not.stringContaining(late) as string });
    expect(await open.statusOf(late)).toBe('terminated');
  });

  it('is named where it does not obey: then it is not true that there is no job', async () => {
    const { late, cause } = await refusedBesideALateOne((jobId) => open.neverObeys(jobId));
    expect(cause).toMatchObject({
      type: 'KillNotConfirmed',
      nonRetryable: true,
      message: expect.stringMatching(new RegExp(`^CreateRefused: .*\\. Job ${late} was not confirmed`)) as string,
      details: [{ jobId: late }],
    });
  });

  it('replaces the failure of our own job, which says that nothing runs', async () => {
    open.lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 600 } });
    let late = '';
    open.onFirst('killJob', ({ jobId = '' }) => open.neverObeys((late = jobId)));
    const script = scripted({ durationSeconds: 1_200, status: 'error', message: 'No such table' });
    const { error } = await settled(await open.lab.start({ ...script, onAmbiguousCreate: 'recreate' }));
    expect((error as Error).cause).toMatchObject({
      type: 'KillNotConfirmed',
      message: expect.stringMatching(new RegExp(`^JobUserError: No such table\\. Job ${late} was not`)) as string,
      details: [{ jobId: late }, { status: 'error' }],
    });
  });

  it('that is only not known to be absent leaves a failure as it is where nothing is tried again', async () => {
    open.lab.sandbox.faults.add({ route: 'create', reset: 'before' });
    open.onFirst('readJob', () => void open.lab.sandbox.faults.add({ route: 'list', status: 500, times: 'always' }));
    const script = scripted({ durationSeconds: 30, status: 'error', message: 'No such table' });
    const input = { ...script, children: 'ignore', onAmbiguousCreate: 'recreate' };
    const { error } = await settled(await open.lab.start(input));
    expect((error as Error).cause).toMatchObject({ type: 'JobUserError', message: 'No such table' });
  });

  it('is given the whole time of a stop by a cancel that comes during the last look', async () => {
    open.lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: 3_000 } });
    const workflowId = 'cancelled-in-the-last-look';
    let late = '';
    open.before(async (activity, { jobId = '' }) => {
      if (activity !== 'killJob') return;
      if (late === '') open.neverObeys((late = jobId));
      const own = (await open.lab.sandbox.jobs()).findLast(({ id }) => String(id) !== late);
      if (own?.status === 'success') await open.server.client.workflow.getHandle(workflowId).cancel();
    });
    const { error } = await settled(await open.lab.start(RECREATED, workflowId));
    expect((error as Error).cause).toMatchObject({ type: 'KillNotConfirmed', details: [{ jobId: late }] });
  });

  it('of a creation of which nobody knows is told although the workflow is cancelled meanwhile', async () => {
    open.lab.sandbox.faults.add({ route: 'create', reset: 'before', times: 2 });
    const workflowId = 'cancelled-in-doubt';
    const runIds = new Set<string>();
    open.before(async (activity, { runId = '' }) => {
      if (activity !== 'searchJob') return;
      runIds.add(runId);
      if (runIds.size === 2) await open.server.client.workflow.getHandle(workflowId).cancel();
    });
    const { error } = await settled(await open.lab.start(RECREATED, workflowId));
    expect((error as Error).cause).toMatchObject({ type: 'CreateAmbiguous' });
  });

  it('is stopped though it appears only while our own job does not stop', async () => {
    open.lab.sandbox.faults.add({ route: 'create', reset: 'before' });
    const runIds: string[] = [];
    let kills = 0;
    let late = '';
    const workflowId = 'late-while-stopping';
    open.before(async (activity, { runId = '', jobId = '' }) => {
      if (activity === 'searchJob') runIds.push(runId);
      if (activity === 'readJob' && kills === 0) await open.server.client.workflow.getHandle(workflowId).cancel();
      if (activity !== 'killJob') return;
      kills += 1;
      if (kills === 1) open.neverObeys(jobId);
      if (kills === 5) late = await open.makeJob(runIds[0] ?? '', RECREATED.configData);
    });
    const { error } = await settled(await open.lab.start(RECREATED, workflowId));
    expect((error as Error).cause).toMatchObject({ type: 'KillNotConfirmed' });
    expect(await open.statusOf(late)).toBe('terminated');
  });
});

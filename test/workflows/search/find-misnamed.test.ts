import { describe, expect, it } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import { waitForCreatedUpdate, type JobSnapshot } from '../../../src/job/messages.js';
import { createClock, type ControlledClock } from '../../../src/sandbox/index.js';
import { eventually } from '../../support/eventually.js';
import { FOREIGN_DIALECTS, startElsewhere } from '../../support/foreign-jobs.js';
import { scripted, settled, type JobLab } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const LONG = { durationSeconds: 3_600 };
/** By the clock of Keboola, which leaps over it once the second of two jobs is made. */
const ANSWER_SECONDS = 60;

/** The open jobs of the sandbox. */
async function open(lab: JobLab): Promise<string[]> {
  return (await lab.sandbox.jobs()).filter(({ isFinished }) => !isFinished).map(({ id }) => String(id));
}

type Handle = Awaited<ReturnType<JobLab['start']>>;

/** A creation that something on the way has doubled, and whose answer names a job that is not there. */
async function startDoubled(
  lab: JobLab,
  clock: ControlledClock,
  dialect: (typeof FOREIGN_DIALECTS)[number],
): Promise<Handle> {
  const answer = { id: '99999997', status: 'waiting' };
  lab.sandbox.faults.add({ route: 'create', replaceBody: answer, delaySeconds: ANSWER_SECONDS, when: 'after' });
  const before = await open(lab);
  const handle = await lab.start({ ...scripted(LONG), config: 'success' });
  const { runId } = await handle.describe();
  await eventually(async () => expect((await open(lab)).length).toBeGreaterThan(before.length));
  await startElsewhere(lab, dialect, { script: LONG, runId: fenceFor(runId, 1) });
  expect(await open(lab)).toHaveLength(before.length + 2);
  clock.advance(ANSWER_SECONDS * 1_000);
  await handle.executeUpdate(waitForCreatedUpdate);
  return handle;
}

describe.each(FOREIGN_DIALECTS)('an answer to a creation on $name that names a wrong job', (dialect) => {
  const clock = createClock();
  const lab = useJobLab({ token: dialect.token, clock });

  it.each(['of somebody else', 'that does not exist'])('%s: our own is found by its run id', async (whose) => {
    const jobId = whose === 'of somebody else' ? await startElsewhere(lab, dialect, { script: LONG }) : '99999999';
    lab.sandbox.faults.add({ route: 'create', replaceBody: { id: jobId, status: 'waiting' } });
    const { result } = await settled(await lab.start(scripted({ durationSeconds: 2 })));
    expect(result).toMatchObject({ status: 'success', adopted: true });
    expect(result?.jobId).not.toBe(jobId);
    expect(lab.sandbox.counters.killsByJob).toEqual({});
  });

  it('is no reason to leave ours running when stop is pressed', async () => {
    const others = await open(lab);
    lab.sandbox.faults.add({ route: 'create', replaceBody: { id: '99999998', status: 'waiting' } });
    const handle = await lab.start(scripted(LONG));
    await eventually(async () => expect(await open(lab)).toHaveLength(others.length + 1));
    await handle.cancel();
    await settled(handle);
    expect(await open(lab)).toEqual(others);
  });

  it('stops a second one of the same creation while ours is waited for', async () => {
    const others = await open(lab);
    const handle = await startDoubled(lab, clock, dialect);
    await eventually(async () => expect(await open(lab)).toHaveLength(others.length + 1));
    const { job } = await handle.query<JobSnapshot>('job');
    expect(await open(lab)).toContain(job?.jobId);
    await handle.cancel();
    await settled(handle);
    expect(await open(lab)).toEqual(others);
  });

  it('leaves none of two running when stop is pressed, and says meanwhile that it stops them', async () => {
    const others = await open(lab);
    const handle = await startDoubled(lab, clock, dialect);
    const deaf = lab.sandbox.faults.add({ route: 'kill', status: 503, times: 'always' });
    await handle.cancel();
    await eventually(async () => {
      const { stage, job } = await handle.query<JobSnapshot>('job');
      expect(job?.jobId).not.toBe('99999997');
      expect(stage).toBe('stopping');
    });
    lab.sandbox.faults.remove(deaf.id);
    await settled(handle);
    expect(await open(lab)).toEqual(others);
  });
});

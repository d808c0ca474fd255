import { CancelledFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jobQuery, setTimeoutsUpdate, waitForCreatedUpdate } from '../../../src/job/messages.js';
import { createClock } from '../../../src/sandbox/index.js';
import { eventually } from '../../support/eventually.js';
import { openJobLab, scripted, settled, type JobLab } from '../../support/job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../../support/time-skipping.js';

const LATE_SECONDS = 600;
/** Until Keboola's list shows what was written. */
const INDEXED_SECONDS = 5;
/** There is a look for late jobs in each minute of it. */
const LOOKS_MS = 600_000;
/** Keboola's time goes on as we say, and Temporal's by leaps. */
const clock = createClock();

type Handle = Awaited<ReturnType<JobLab['start']>>;

let server: TimeSkippingServer;
let lab: JobLab;

beforeAll(async () => {
  server = await startTimeSkippingServer();
  lab = await openJobLab(server, { clock });
  // Without any job in the project an empty list would mean nothing.
  await settled(await lab.start(scripted({ durationSeconds: 0 })));
});
afterEach(() => lab.sandbox.faults.clear());
afterAll(async () => {
  await lab.close();
  await server.stop();
});

describe('a stop of a job in whose place another one was created, while no search is answered', () => {
  it('looks on until one is, and stops the first job, which has come late', async () => {
    const handle = await recreated();
    const fault = lab.sandbox.faults.add({ route: 'list', status: 503, times: 'always' });
    await handle.cancel();
    await eventually(async () => expect((await handle.query(jobQuery)).note).toContain('unknown whether a job'));
    clock.advance((LATE_SECONDS + INDEXED_SECONDS) * 1_000);
    lab.sandbox.faults.remove(fault.id);
    expect((await settled(handle)).error).toMatchObject({ cause: expect.any(CancelledFailure) as unknown });
    expect(await openJobs()).toEqual([]);
  });

  it('says after a quarter of an hour that it is not known whether one has come, and where to look', async () => {
    const handle = await recreated();
    lab.sandbox.faults.add({ route: 'list', status: 503, times: 'always' });
    await handle.cancel();
    expect((await settled(handle)).error).toMatchObject({
      cause: {
        type: 'KillNotConfirmed',
        message: expect.stringMatching(/created late: .*503.*Look in Keboola/) as string,
      },
    });
  });
});

describe('a job that has come late and whose end is doubtful', () => {
  it.each([1, 2])(
    'is stopped all the same, and that end believed when it is read twice: read %i times',
    async (times) => {
      const handle = await recreated();
      const late = await comesLateInDoubt(handle, times);
      await handle.cancel();
      expect((await settled(handle)).error).toMatchObject({ cause: expect.any(CancelledFailure) as unknown });
      const stopped = (await lab.sandbox.jobs()).find(({ id }) => String(id) === late);
      expect(stopped).toMatchObject({ isFinished: true });
    },
  );

  it.each([1, 'always'] as const)(
    'is stopped once, however often the list shows that end while the other job is waited for (read so: %s)',
    async (times) => {
      const handle = await recreated();
      const late = await server.withoutLeaps(async () => {
        const [{ startTime }, nowMs] = [await handle.describe(), await server.now()];
        const queueTimeout = nowMs - startTime.getTime() + LOOKS_MS;
        await handle.executeUpdate(setTimeoutsUpdate, { args: [{ queueTimeout }] });
        return await comesLateInDoubt(handle, times);
      });
      expect((await settled(handle)).error).toMatchObject({ cause: { type: 'JobTimedOut' } });
      // One stop asks once more after a first read that is in doubt.
      expect(lab.sandbox.counters.killsByJob[late]).toBeLessThanOrEqual(2);
    },
  );
});

/** Its first job is written late, and its second one waits to be queued. */
async function recreated(): Promise<Handle> {
  lab.sandbox.faults.add({ route: 'create', lateWrite: { afterSeconds: LATE_SECONDS } });
  const handle = await lab.start({ ...scripted({ createdForSeconds: 50_000 }), onAmbiguousCreate: 'recreate' });
  await handle.executeUpdate(waitForCreatedUpdate);
  return handle;
}

/** The list goes on showing its first job as ended in a way that nobody knows, and so do some reads. @returns its id. */
async function comesLateInDoubt(handle: Handle, times: number | 'always'): Promise<string> {
  const { jobId } = await handle.executeUpdate(waitForCreatedUpdate);
  lab.sandbox.faults.add({ route: 'list', status: 503, times: 'always' });
  clock.advance((LATE_SECONDS + INDEXED_SECONDS) * 1_000);
  const open = (await lab.sandbox.jobs()).filter(({ isFinished }) => !isFinished);
  const late = open.findLast(({ id }) => String(id) !== jobId);
  const doubtful = { ...late, status: 'aborted', isFinished: true };
  lab.sandbox.faults.clear();
  lab.sandbox.faults.add({ route: 'list', replaceBody: [doubtful], times: 'always' });
  lab.sandbox.faults.add({ route: 'read', jobId: String(late?.id), replaceBody: doubtful, times });
  return String(late?.id);
}

async function openJobs(): Promise<string[]> {
  return (await lab.sandbox.jobs()).filter(({ isFinished }) => !isFinished).map(({ status }) => status);
}

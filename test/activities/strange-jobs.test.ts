import { describe, expect, it } from 'vitest';
import { killJob } from '../../src/activities/stop/kill-job.js';
import { readJob } from '../../src/activities/wait/read-job.js';
import { openActivityLab } from '../support/activity-lab.js';

const RUN_ID = '915016579194096';
const PLACE = { connection: 'default', project: '1134' };

describe("a stranger's job that has the id of ours", () => {
  it('is no answer to a look, and so no end', async () => {
    const { sandbox, run, create } = await openActivityLab();
    const { jobId } = await create('7', { durationSeconds: 1 });
    sandbox.clock.advance(10_000);
    const reading = await run(readJob, { ...PLACE, jobId, marks: { fences: [RUN_ID] } });
    expect(reading).toMatchObject({
      kind: 'no-answer',
      message: expect.stringContaining('is a different job') as string,
    });
  });

  it('is no answer where a job of another component was attached to', async () => {
    const { run, create } = await openActivityLab();
    const { jobId } = await create('7');
    const reading = await run(readJob, { ...PLACE, jobId, marks: { component: 'ex-db' } });
    expect(reading).toMatchObject({ kind: 'no-answer' });
  });

  it('is not killed', async () => {
    const { sandbox, run, create } = await openActivityLab();
    const { jobId } = await create('7');
    const answer = await run(killJob, { ...PLACE, jobId, marks: { fences: [RUN_ID] } });
    expect(answer).toMatchObject({
      kind: 'not-possible',
      message: expect.stringContaining('is a different job') as string,
    });
    expect(sandbox.counters.killsByJob).toEqual({});
  });
});

describe('our own job', () => {
  it('is read and killed, whatever became of its run id below the fence', async () => {
    const { sandbox, run, create } = await openActivityLab();
    const { jobId } = await create(`7.${RUN_ID}`);
    const marks = { fences: [RUN_ID] };
    expect(await run(readJob, { ...PLACE, jobId, marks })).toMatchObject({ kind: 'read', view: { jobId } });
    expect(await run(killJob, { ...PLACE, jobId, marks })).toEqual({ kind: 'asked' });
    expect(sandbox.counters.killsByJob).toEqual({ [jobId]: 1 });
  });

  it('is killed even while nobody can look at it', async () => {
    const { sandbox, run, create } = await openActivityLab();
    const { jobId } = await create(RUN_ID);
    sandbox.faults.add({ route: 'read', status: 500 });
    expect(await run(killJob, { ...PLACE, jobId, marks: { fences: [RUN_ID] } })).toEqual({ kind: 'asked' });
  });
});

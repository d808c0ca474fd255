import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { FOREIGN_DIALECTS, startElsewhere } from '../../support/foreign-jobs.js';
import { scripted, settled, type JobLab } from '../../support/job-lab.js';
import { useJobLab } from '../../support/use-job-lab.js';

const LONG = { durationSeconds: 3_600 };

/** The open jobs of the sandbox. */
async function open(lab: JobLab): Promise<unknown[]> {
  return (await lab.sandbox.jobs()).filter(({ isFinished }) => !isFinished).map(({ id }) => id);
}

describe.each(FOREIGN_DIALECTS)('an answer to a creation on $name that names a wrong job', (dialect) => {
  const lab = useJobLab({ token: dialect.token });

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
});

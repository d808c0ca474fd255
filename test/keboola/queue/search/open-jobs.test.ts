import { describe, expect, it } from 'vitest';
import { OPEN_JOBS_MAX } from '../../../../src/keboola/jobs/open-jobs.js';
import { ON_QUEUE, startElsewhere } from '../../../support/foreign-jobs.js';
import { useQueueProject } from '../../../support/queue-project.js';

const CONFIG = { component: 'keboola.ex-http', config: 'slow' };
const LAG_SECONDS = 300;

const project = useQueueProject();

/** A job that somebody starts while the index lags by minutes. */
async function startLate(): Promise<string> {
  await project.sandbox.settings({ searchLagSeconds: LAG_SECONDS });
  return await startElsewhere(project, ON_QUEUE, { ...CONFIG, script: { durationSeconds: 3_600 } });
}

async function openIds(): Promise<string[]> {
  return (await project.jobs.openJobsOf(CONFIG)).map(({ view }) => view.jobId);
}

function pass(seconds: number): void {
  project.sandbox.clock.advance(seconds * 1_000);
}

describe('a job of a configuration that has not ended', () => {
  it('is shown at once by the primary store, and once where the index shows it, too', async () => {
    const jobId = await startLate();
    expect(await openIds()).toEqual([jobId]);
    pass(LAG_SECONDS + 60);
    expect(await openIds()).toEqual([jobId]);
    expect((await project.jobs.openJobsOf(CONFIG))[0]).toMatchObject({ startedBy: ON_QUEUE.owner });
  });

  it('is shown by that store though many others of the project were started later', async () => {
    const jobId = await startLate();
    const later = { config: 'medium', script: { durationSeconds: 3_600 } };
    for (let other = 0; other < OPEN_JOBS_MAX; other++) await startElsewhere(project, ON_QUEUE, later);
    expect(await openIds()).toEqual([jobId]);
  });

  it.each([
    ['is not served', () => project.sandbox.settings({ queuePrimaryList: 'gone' })],
    [
      'is ill',
      () => Promise.resolve(project.sandbox.faults.add({ route: 'primaryList', status: 503, times: 'always' })),
    ],
  ])('is shown when the index shows it where that store %s', async (_, spoil) => {
    const jobId = await startLate();
    await spoil();
    expect(await openIds()).toEqual([]);
    pass(LAG_SECONDS + 60);
    expect(await openIds()).toEqual([jobId]);
  });

  it('is no answer of the store alone: the index may show others', async () => {
    await startLate();
    project.sandbox.faults.add({ route: 'list', status: 503 });
    await expect(project.jobs.openJobsOf(CONFIG)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('is not one that the store shows though it was not asked for', async () => {
    const jobId = await startLate();
    const rows = [
      { id: '1', status: 'processing', component: CONFIG.component, config: 'other' },
      { id: '2', status: 'success', ...CONFIG },
      { id: jobId, status: 'processing', ...CONFIG, branchId: '77' },
    ];
    project.sandbox.faults.add({ route: 'primaryList', replaceBody: rows });
    expect(await openIds()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { JobView } from '../../../../src/job/job-view.js';
import { useQueueProject } from '../../../support/queue-project.js';

const RUN_ID = '900000000000001';
const LATE = { searchLagSeconds: 1_000_000 };

const project = useQueueProject();

/** A job that runs, and one below it that the index does not show. */
async function withLateChild(): Promise<{ parent: JobView; list: () => Promise<JobView[]> }> {
  const child = { component: 'keboola.ex-http', durationSeconds: 3_600, ...LATE };
  const configData = { parameters: { sandbox: { durationSeconds: 3_600, children: [child] } } };
  const request = { connection: 'default', project: '5555', runId: RUN_ID, component: 'keboola.ex-http', configData };
  const { jobId } = await (await project.jobs.prepareCreate(request)).send();
  project.sandbox.clock.advance(60_000);
  const parent = (await project.jobs.get(jobId)).view;
  const openIn = { jobId, runIds: [RUN_ID, parent.runId] };
  return { parent, list: async () => (await project.jobs.list({ openIn, limit: 300 })).jobs };
}

describe('what runs below a job', () => {
  it('is shown by the primary store where the index is late with it', async () => {
    const { parent, list } = await withLateChild();
    const below = (await list()).filter(({ jobId }) => jobId !== parent.jobId);
    expect(below).toMatchObject([{ status: 'processing', runId: `${parent.runId}.${below[0]?.jobId}` }]);
  });

  it.each([
    ['is gone', 0, { queuePrimaryList: 'gone' } as const],
    ['does not filter by parents', 1, { queuePrimaryParentRunId: 'ignored' } as const],
  ])('is what is known of it, and nothing else, where that store %s', async (_, known, settings) => {
    const { parent, list } = await withLateChild();
    await project.sandbox.settings(settings);
    const elsewhere = {
      connection: 'default',
      project: '5555',
      runId: '900000000000002',
      component: 'keboola.ex-http',
      config: 'slow',
    };
    await (await project.jobs.prepareCreate(elsewhere)).send();
    project.sandbox.clock.advance(60_000);
    const below = (await list()).filter(({ jobId }) => jobId !== parent.jobId);
    expect(below.map(({ runId }) => runId.startsWith(`${parent.runId}.`))).toEqual(Array(known).fill(true));
  });
});

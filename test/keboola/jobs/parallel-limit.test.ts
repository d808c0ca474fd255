import { describe, expect, it } from 'vitest';
import type { JobApi } from '../../../src/keboola/jobs/job-api.js';
import { ParallelLimit } from '../../../src/keboola/jobs/parallel-limit.js';
import { startFakeStack } from '../../support/fake-stack.js';
import type { Reply } from '../../support/raw-server.js';
import { replies } from '../../support/replies.js';

const LIMIT = 60;

/** A project of this limit whose list shows these jobs, the newest first, as the index would. */
async function projectWith(jobs: readonly object[]): Promise<Awaited<ReturnType<typeof startFakeStack>>> {
  const limits = { 'components.jobsParallelism': { name: 'components.jobsParallelism', value: LIMIT } };
  const list: Reply = (response, request) => {
    const wanted = Number(new URL(request.path, 'http://x').searchParams.get('limit'));
    replies.json(200, jobs.slice(0, wanted))(response, request);
  };
  return await startFakeStack({
    routes: {
      'GET /v2/storage/tokens/verify': replies.json(200, { owner: { id: 1134, name: 'T', features: [], limits } }),
      'GET /queue/jobs': list,
    },
  });
}

function running(count: number, component: string, runId = ''): object[] {
  return Array.from({ length: count }, (_, at) => ({ id: 1_000 - at, status: 'processing', component, runId }));
}

describe('the limit of parallel jobs of a project', () => {
  it('counts as many as the project allows, however many that are', async () => {
    const { keboola } = await projectWith(running(LIMIT, 'docker'));
    expect(await keboola.parallelLimit.reserve('9', undefined)).toEqual({ kind: 'full', running: LIMIT, limit: LIMIT });
  });

  it('has room beside orchestrations, which Keboola does not count', async () => {
    const { keboola, requests } = await projectWith([...running(70, 'orchestrator'), ...running(3, 'docker')]);
    expect(await keboola.parallelLimit.reserve('9', undefined)).toEqual({ kind: 'reserved' });
    const asked = requests.map(({ path }) => new URL(path, 'http://x').searchParams.get('q') ?? '');
    expect(asked).toContainEqual(expect.stringContaining('NOT component:("orchestrator" OR "syrup")'));
  });

  it('lets in the first child of a job that is older than as many as the project allows', async () => {
    const { keboola } = await projectWith([...running(LIMIT, 'docker'), { id: 1, status: 'processing', runId: '7' }]);
    expect(await keboola.parallelLimit.reserve('7.9', '7')).toEqual({ kind: 'reserved' });
  });

  it("is nobody's to keep in a dialect that has no jobs to count, however full the project is", async () => {
    const { keboola, requests } = await projectWith(running(LIMIT, 'docker'));
    const jobs: JobApi = Object.assign(await keboola.jobs(), { occupants: undefined });
    const asked = requests.length;
    const limit = new ParallelLimit(
      () => Promise.resolve(jobs),
      () => Promise.resolve(LIMIT),
    );
    expect(await limit.reserve('9', undefined)).toEqual({ kind: 'reserved' });
    expect(await limit.limit()).toBeUndefined();
    expect(await limit.load()).toBeUndefined();
    expect(requests).toHaveLength(asked);
  });
});

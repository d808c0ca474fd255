import { expect, it } from 'vitest';
import { createStorageJob } from '../../../src/activities/storage/create-storage-job.js';
import { openActivityLab } from '../../support/activity-lab.js';

/** Of the workflow that an activity under test is told to be of. */
const OF_THE_TEST = '00000000-0000-0000-0000-000000000000';

it.each(['../../docker/keboola.ex-http/run', '/v2/storage/tables', 'a%2F..%2Fb'])(
  'a call whose path leads elsewhere is refused whoever has ordered it, and the token is sent to nobody: %s',
  async (path) => {
    const { sandbox, run } = await openActivityLab();
    const call = { method: 'POST', path, runId: '1.2' } as const;
    const outcome = await run(createStorageJob, {
      connection: 'default',
      project: '1134',
      call,
      originalRunId: OF_THE_TEST,
    });
    expect(outcome).toMatchObject({ kind: 'refused', type: 'CreateRefused' });
    expect(sandbox.counters).toMatchObject({ posts: 0, storagePosts: 0 });
  },
);

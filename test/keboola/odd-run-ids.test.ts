import { expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { connect } from '../support/fake-stack.js';

/** Keboola takes any text literally, so a job that is attached to may have any. */
it.each(['<=9', '>1', 'AND', 'NOT', '-1', 'a:b', '(1)', '*', '[1', '/x/', '1" OR "1'])(
  'the jobs below the run id %s are found, and no others',
  async (runId) => {
    const sandbox = await startSandbox({ searchLagSeconds: 0 });
    const keboola = connect(sandbox.url, sandbox.token);
    const jobs = await keboola.jobs();
    const created: string[] = [];
    for (const below of [runId, '8']) {
      const request = {
        connection: 'default',
        project: '1134',
        component: 'keboola.ex-http',
        config: 'slow',
        runId: below,
      };
      created.push((await (await jobs.prepareCreate(request)).send()).jobId);
    }
    const { jobs: found } = await jobs.list({ inRuns: [runId], limit: 10 });
    await sandbox.close();
    expect(found.map(({ jobId }) => jobId)).toEqual(created.slice(0, 1));
  },
);

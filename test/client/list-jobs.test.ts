import { afterAll, beforeAll, expect, it } from 'vitest';
import { listAllJobs, listJobs } from '../../src/client/list-jobs.js';
import { bareNamespace } from '../support/bare-namespace.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

it('the jobs of a connection are listed by their ids where the namespace has no search attributes', async () => {
  const client = await bareNamespace(server);
  const start = (workflowId: string): Promise<unknown> =>
    client.workflow.start('runJob', { workflowId, taskQueue: 'nobody', args: [{}] });
  await eventually(() => start('keboola/eu/keboola.ex-http/1'));
  await start('keboola/us/keboola.ex-http/1');
  await eventually(async () => {
    const { jobs: rows } = await listJobs(client, {}, { name: 'eu', projectId: '1134' });
    expect(rows.map(({ workflowId }) => workflowId)).toEqual(['keboola/eu/keboola.ex-http/1']);
  });
  // Whoever wants all of them is not given a part.
  await expect(listAllJobs(client, {}, { name: 'eu', projectId: '1134' })).rejects.toThrow();
  await expect(listJobs(client, { query: 'Nonsense = 1' }, { name: 'eu', projectId: '1134' })).rejects.toThrow();
});

it('all jobs of a connection are not listed where its project is unknown, and why is told with what to do', async () => {
  const of = { name: 'eu', projectId: undefined, problem: 'Keboola answered 503' };
  await expect(listAllJobs(server.client, {}, of)).rejects.toMatchObject({
    name: 'UnknownProjectError',
    message: expect.stringMatching(
      /"eu" leads to \(Keboola answered 503\).*, and nothing is listed or stopped\. Run .*doctor/,
    ) as string,
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { listJobs } from '../../src/client/list-jobs.js';
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
  await expect(listJobs(client, { query: 'Nonsense = 1' }, { name: 'eu', projectId: '1134' })).rejects.toThrow();
});

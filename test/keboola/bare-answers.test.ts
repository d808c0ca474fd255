import { expect, test } from 'vitest';
import { startFakeStack } from '../support/fake-stack.js';
import { replies } from '../support/replies.js';
import { useQueueProject } from '../support/queue-project.js';

const queue = useQueueProject();

test('an answer to a creation that tells nothing but the id of the job is one', async () => {
  const answer = { id: '4711', status: 'created' };
  queue.sandbox.faults.add({ route: 'create', replaceBody: answer });
  const run = {
    connection: 'default',
    project: '5555',
    runId: '900000000000001',
    component: 'keboola.ex-http',
    config: 'success',
  };
  const prepared = await queue.jobs.prepareCreate(run);
  expect(await prepared.send()).toMatchObject({ jobId: '4711', status: 'created' });
});

test('a limit of a project that has no value limits nothing', async () => {
  const owner = {
    id: 1134,
    name: 'T',
    limits: { 'components.jobsParallelism': { name: 'components.jobsParallelism' } },
  };
  const { keboola } = await startFakeStack({
    routes: { 'GET /v2/storage/tokens/verify': replies.json(200, { owner }) },
  });
  expect(await keboola.facts()).toEqual({ id: '1134', name: 'T' });
});

test('an event that does not say when it happened is shown all the same', async () => {
  const { keboola } = await startFakeStack({
    routes: { 'GET /v2/storage/events': replies.json(200, [{ message: 'Hello', type: 'info', component: 'c' }]) },
  });
  const events = await (await keboola.jobs()).events({ jobId: '5', runId: '5', status: 'error', component: '' }, 20);
  expect(events).toEqual([{ time: '', type: 'info', component: 'c', message: 'Hello' }]);
});

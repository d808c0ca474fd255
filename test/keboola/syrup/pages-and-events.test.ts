import { expect, test } from 'vitest';
import { startFakeStack } from '../../support/fake-stack.js';

test('jobs have their page at the address of the connection, whatever the id of the project', async () => {
  const { keboola, url } = await startFakeStack();
  const jobs = await keboola.jobs();
  expect(jobs.jobsPage('1134')).toBe(`${url}/admin/projects/1134/jobs`);
  expect(jobs.jobsPage('a/b')).toBe(`${url}/admin/projects/a%2Fb/jobs`);
});

test('a job without a run id has no events that could be asked for, and nobody is asked', async () => {
  const { keboola, requests } = await startFakeStack();
  const jobs = await keboola.jobs();
  const asked = requests.length;
  expect(await jobs.events({ jobId: '5', runId: '', status: 'error', component: '' }, 20)).toBeUndefined();
  expect(requests).toHaveLength(asked);
});

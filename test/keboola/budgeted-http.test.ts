import { expect, it, onTestFinished } from 'vitest';
import { Connections } from '../../src/keboola/connections.js';
import { BudgetSpent } from '../../src/keboola/request-budget.js';
import { replies } from '../support/replies.js';
import { startRawServer } from '../support/raw-server.js';

const TOKEN = '1134-53044-secretsecretsecret';
const job = { id: 1, status: 'processing' };

async function stack(reads: () => number): Promise<{ url: string; times: number[] }> {
  const times: number[] = [];
  const server = await startRawServer((response, request) => {
    if (request.path.startsWith('/v2/storage')) {
      replies.json(200, { services: [{ id: 'syrup', url: server.url }] })(response, request);
      return;
    }
    times.push(Date.now());
    const status = reads();
    const answer = status === 200 ? job : { message: 'slow down' };
    replies.json(status, answer, { 'retry-after': '60' })(response, request);
  });
  return { url: server.url, times };
}

function connect(url: string, budget: { requestsPerSecond: number; requestBurst: number }): Connections {
  const connections = new Connections([{ name: 'default', url, token: () => TOKEN, ...budget }]);
  onTestFinished(() => connections.close());
  return connections;
}

it('fifty readers at once stay within the budget, and none of them stands in line for more than a second', async () => {
  const { url, times } = await stack(() => 200);
  const jobs = await connect(url, { requestsPerSecond: 10, requestBurst: 5 }).get('default').jobs();
  const startedMs = Date.now();
  const waits: number[] = [];
  const reads = Array.from({ length: 50 }, () => jobs.get('1').finally(() => waits.push(Date.now() - startedMs)));
  const ends = await Promise.allSettled(reads);
  const sentAway = ends.filter((end) => end.status === 'rejected');
  expect(sentAway.every((end) => end.reason instanceof BudgetSpent)).toBe(true);
  expect(times.length + sentAway.length).toBe(50);
  expect(times.length).toBeLessThanOrEqual(16);
  expect(times.length).toBeGreaterThanOrEqual(10);
  expect(Math.max(...waits)).toBeLessThan(1_500);
});

it('an answer with Retry-After makes the others wait too, but no kill', async () => {
  const { url, times } = await stack(() => (times.length === 1 ? 429 : 200));
  const jobs = await connect(url, { requestsPerSecond: 100, requestBurst: 100 }).get('default').jobs();
  await expect(jobs.get('1')).rejects.toMatchObject({ facts: { status: 429 } });
  await expect(jobs.get('1')).rejects.toBeInstanceOf(BudgetSpent);
  await jobs.kill('1');
  expect(times).toHaveLength(2);
});

it('a creation without budget is refused before anything is sent', async () => {
  const { url, times } = await stack(() => 200);
  const jobs = await connect(url, { requestsPerSecond: 0.1, requestBurst: 3 }).get('default').jobs();
  const request = { connection: 'default', component: 'keboola.ex-http', runId: '9', configData: {} };
  await Promise.allSettled([jobs.get('1'), jobs.get('1')]);
  await expect(jobs.prepareCreate(request)).rejects.toBeInstanceOf(BudgetSpent);
  expect(times).toHaveLength(2);
});
